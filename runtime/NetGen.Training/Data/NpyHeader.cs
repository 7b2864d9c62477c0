using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NetGen.Training;

/// <summary>The type of an element of a <see cref="NpyArray"/>.</summary>
public enum NpyType
{
    /// <summary><c>bool</c>: 0 or 1.</summary>
    Boolean,

    /// <summary><c>uint8</c>.</summary>
    UnsignedByte,

    /// <summary><c>int8</c>.</summary>
    SignedByte,

    /// <summary><c>uint16</c>.</summary>
    UnsignedInt16,

    /// <summary><c>int16</c>.</summary>
    Int16,

    /// <summary><c>int32</c>.</summary>
    Int32,

    /// <summary><c>int64</c>.</summary>
    Int64,

    /// <summary><c>float16</c>.</summary>
    Half,

    /// <summary><c>float32</c>.</summary>
    Single,

    /// <summary><c>float64</c>.</summary>
    Double,
}

/// <summary>What the first bytes of an .npy file say.</summary>
/// <param name="Type">What an element is.</param>
/// <param name="Shape">The extents, outermost first.</param>
/// <param name="Start">Where the elements start in the file.</param>
internal readonly partial record struct NpyHeader(NpyType Type, Shape Shape, int Start)
{
    // NumPy itself reads no longer one without being asked to.
    private const int MostCharacters = 10_000;
    private const int MostAxes = 16;

    /// <summary>Bytes of all elements.</summary>
    public long DataBytes => (long)Shape.Count * SizeOf(Type);

    /// <summary>Bytes of an element.</summary>
    public static int SizeOf(NpyType type) => type switch
    {
        NpyType.Boolean or NpyType.UnsignedByte or NpyType.SignedByte => 1,
        NpyType.UnsignedInt16 or NpyType.Int16 or NpyType.Half => 2,
        NpyType.Int32 or NpyType.Single => 4,
        _ => 8,
    };

    /// <summary>Reads a header and leaves the stream where the elements start.</summary>
    /// <param name="path">What the file is called in messages.</param>
    /// <param name="content">The file from its start.</param>
    /// <param name="mostBytes">Bytes of elements at most; below 2^31 floats.</param>
    /// <exception cref="DatasetFormatException">It is none, or of an array that is not read.</exception>
    public static NpyHeader Read(string path, Stream content, long mostBytes)
    {
        Span<byte> start = stackalloc byte[12];
        if (content.ReadAtLeast(start[..8], 8, throwOnEndOfStream: false) < 8 || !start.StartsWith(Magic))
        {
            throw Bad(path, "this is not an .npy file, which begins with \\x93NUMPY. Save it by numpy.save.");
        }
        int version = start[6];
        if (version is not (1 or 2 or 3))
        {
            throw Bad(path, $"expected version 1, 2 or 3 of the format, found {version}.");
        }
        int lengthBytes = version == 1 ? 2 : 4;
        Span<byte> length = start.Slice(8, lengthBytes);
        if (content.ReadAtLeast(length, lengthBytes, throwOnEndOfStream: false) < lengthBytes)
        {
            throw Bad(path, "the file ends within its header. Get it anew.");
        }
        uint characters = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(length) : BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (characters > MostCharacters)
        {
            throw Bad(path, $"the header promises {characters} characters; at most {MostCharacters} are read.");
        }
        byte[] text = new byte[characters];
        if (content.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) < text.Length)
        {
            throw Bad(path, "the file ends within its header. Get it anew.");
        }
        return Parse(path, Encoding.Latin1.GetString(text), 8 + lengthBytes + text.Length, mostBytes);
    }

    /// <summary>Checks that a file is as long as its header says.</summary>
    /// <exception cref="DatasetFormatException">It is not.</exception>
    public void CheckLength(string path, long length)
    {
        if (Start + DataBytes != length)
        {
            throw Bad(path, $"the header promises {Shape} elements of type {Type}, {Start + DataBytes} bytes in all; there are {length}. Get the file anew.");
        }
    }

    internal static DatasetFormatException Bad(string path, string message, Exception? inner = null) => new($"{path}: {message}", inner) { File = path };

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    private static NpyHeader Parse(string path, string text, int start, long mostBytes)
    {
        Match match = Dictionary().Match(text);
        if (!match.Success)
        {
            throw Bad(path, Structured().IsMatch(text)
                ? "the array has fields of several types; expected one of numbers. Save each field by itself, as numpy.save(path, array['field'])."
                : "expected a header with 'descr', 'fortran_order' and 'shape', as numpy.save writes it.");
        }
        if (match.Groups["fortran"].Value == "True")
        {
            throw Bad(path, "the array is stored column by column (Fortran order); expected rows. Save numpy.ascontiguousarray(array).");
        }
        NpyType type = TypeOf(path, match.Groups["descr"].Value);
        return new NpyHeader(type, ShapeOf(path, match.Groups["shape"].Value, SizeOf(type), mostBytes), start);
    }

    private static NpyType TypeOf(string path, string descr) => descr switch
    {
        "|b1" => NpyType.Boolean,
        "|u1" => NpyType.UnsignedByte,
        "|i1" => NpyType.SignedByte,
        "<u2" => NpyType.UnsignedInt16,
        "<i2" => NpyType.Int16,
        "<i4" => NpyType.Int32,
        "<i8" => NpyType.Int64,
        "<f2" => NpyType.Half,
        "<f4" => NpyType.Single,
        "<f8" => NpyType.Double,
        ['|', 'O', ..] => throw Bad(path, "the array holds Python objects, which are code (pickle) and are not read. Save an array of numbers."),
        ['>', .. string type] => throw Bad(path, $"the numbers are big-endian ({descr}); expected little-endian. Save array.astype('<{type}')."),
        _ => throw Bad(path, $"expected bool, int8 to int64, uint8, uint16, float16, float32 or float64, found '{descr}'. Save array.astype('float32')."),
    };

    private static Shape ShapeOf(string path, string text, int elementBytes, long mostBytes)
    {
        string[] parts = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length is 0 or > MostAxes)
        {
            throw Bad(path, $"expected 1 to {MostAxes} axes, found {parts.Length}.");
        }
        int[] extents = new int[parts.Length];
        long total = elementBytes, most = Math.Min(mostBytes, (long)int.MaxValue * elementBytes);
        for (int axis = 0; axis < extents.Length; axis++)
        {
            if (!int.TryParse(parts[axis], NumberStyles.None, CultureInfo.InvariantCulture, out extents[axis]) || extents[axis] == 0)
            {
                throw Bad(path, $"axis {axis} has extent {parts[axis]}; expected 1 to {int.MaxValue}.");
            }
            // Before it is multiplied: a product beyond 2^63 would look like a small one.
            if (extents[axis] > most / total)
            {
                throw Bad(path, $"the header promises more than {mostBytes} bytes or {int.MaxValue} elements, the most that is read.");
            }
            total *= extents[axis];
        }
        return new Shape(extents);
    }

    [GeneratedRegex(@"^\s*\{\s*'descr'\s*:\s*'(?<descr>[^']{1,20})'\s*,\s*'fortran_order'\s*:\s*(?<fortran>True|False)\s*,\s*'shape'\s*:\s*\((?<shape>[-0-9, ]{0,400})\)\s*,?\s*\}\s*$")]
    private static partial Regex Dictionary();

    [GeneratedRegex(@"^\s*\{\s*'descr'\s*:\s*\[")]
    private static partial Regex Structured();
}
