using System.Buffers.Binary;
using System.IO.Compression;

namespace NetGen.Training;

/// <summary>
/// One array from an IDX file, the format of MNIST and its successors, plain or compressed with gzip: two zero bytes, the type of an element, the
/// number of axes, an extent an axis as a big-endian 32-bit integer, then the elements in row-major order, big-endian. LeCun, Cortes and Burges,
/// "The MNIST database of handwritten digits", <c>yann.lecun.com/exdb/mnist</c>, section "File formats".
/// </summary>
/// <example><code>
/// IdxFile images = IdxFile.Read("train-images-idx3-ubyte.gz");   // images.Shape is 60000x28x28
/// float[] pixels = images.ToSingles();                           // 0 to 255
/// </code></example>
public sealed class IdxFile
{
    private const int MostAxes = 16;

    // What deflate can make of a byte at most (zlib's technical notes): a small file cannot make the reader reserve gigabytes.
    private const long LargestRatio = 1032;

    private readonly byte[] _elements;

    private IdxFile(string path, IdxType type, Shape shape, byte[] elements)
    {
        Path = path;
        Type = type;
        Shape = shape;
        _elements = elements;
    }

    /// <summary>The file, as it was named by the caller.</summary>
    public string Path { get; }

    /// <summary>What an element is.</summary>
    public IdxType Type { get; }

    /// <summary>The extents, outermost first: <c>60000x28x28</c> for the images of MNIST, <c>60000</c> for their labels.</summary>
    public Shape Shape { get; }

    /// <summary>Reads a whole file. Nothing is reserved before the header and the length of the file agree.</summary>
    /// <param name="path">The file; whether it is compressed is seen from its first bytes, not from its name.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetFormatException">The file is not IDX, is damaged, or is longer or shorter than its header says.</exception>
    public static IdxFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file {path} (looked for {System.IO.Path.GetFullPath(path)}).", path);
        }
        using FileStream file = File.OpenRead(path);
        bool compressed = IsGzip(file);
        try
        {
            using Stream content = compressed ? new GZipStream(file, CompressionMode.Decompress) : file;
            return Read(path, content, compressed ? file.Length * LargestRatio : file.Length, compressed);
        }
        catch (InvalidDataException e)
        {
            throw Bad(path, $"the gzip data are damaged ({e.Message}). Get the file anew.", e);
        }
    }

    /// <summary>The elements as floats, in order; exact for all but large 32-bit integers and doubles, which are rounded.</summary>
    /// <exception cref="DatasetFormatException">An element is infinite, not a number, or beyond the range of a float.</exception>
    public float[] ToSingles()
    {
        float[] values = new float[Shape.Count];
        ReadOnlySpan<byte> bytes = _elements;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Type switch
            {
                IdxType.UnsignedByte => bytes[i],
                IdxType.SignedByte => (sbyte)bytes[i],
                IdxType.Int16 => BinaryPrimitives.ReadInt16BigEndian(bytes[(2 * i)..]),
                IdxType.Int32 => BinaryPrimitives.ReadInt32BigEndian(bytes[(4 * i)..]),
                IdxType.Single => BinaryPrimitives.ReadSingleBigEndian(bytes[(4 * i)..]),
                _ => (float)BinaryPrimitives.ReadDoubleBigEndian(bytes[(8 * i)..]),
            };
            if (!float.IsFinite(values[i]))
            {
                throw Bad(Path, FormattableString.Invariant($"element {i} is {values[i]}; expected a finite number."));
            }
        }
        return values;
    }

    /// <summary>The elements as integers, in order.</summary>
    /// <exception cref="DatasetFormatException">The file holds floating-point numbers.</exception>
    public int[] ToIntegers()
    {
        int[] values = new int[Shape.Count];
        ReadOnlySpan<byte> bytes = _elements;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Type switch
            {
                IdxType.UnsignedByte => bytes[i],
                IdxType.SignedByte => (sbyte)bytes[i],
                IdxType.Int16 => BinaryPrimitives.ReadInt16BigEndian(bytes[(2 * i)..]),
                IdxType.Int32 => BinaryPrimitives.ReadInt32BigEndian(bytes[(4 * i)..]),
                _ => throw Bad(Path, $"expected integers, found elements of type {Type}."),
            };
        }
        return values;
    }

    internal static DatasetFormatException Bad(string path, string message, Exception? inner = null) =>
        new($"{path}: {message}", inner) { File = path };

    private static bool IsGzip(FileStream file)
    {
        Span<byte> magic = stackalloc byte[2];
        bool compressed = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic is [0x1F, 0x8B];
        file.Position = 0;
        return compressed;
    }

    private static IdxFile Read(string path, Stream content, long mostBytes, bool compressed)
    {
        Span<byte> header = stackalloc byte[4 + 4 * MostAxes];
        if (content.ReadAtLeast(header[..4], 4, throwOnEndOfStream: false) < 4 || header is not [0, 0, _, _, ..])
        {
            throw Bad(path, "this is not an IDX file, which begins with two zero bytes, a type and a number of axes, plain or compressed with gzip.");
        }
        var type = (IdxType)header[2];
        if (!Enum.IsDefined(type))
        {
            throw Bad(path, $"expected an element type of 0x08 to 0x0E (IDX), found 0x{header[2]:X2}.");
        }
        int axes = header[3];
        if (axes is 0 or > MostAxes)
        {
            throw Bad(path, $"expected 1 to {MostAxes} axes, found {axes}.");
        }
        Span<byte> extents = header.Slice(4, 4 * axes);
        if (content.ReadAtLeast(extents, extents.Length, throwOnEndOfStream: false) < extents.Length)
        {
            throw Bad(path, $"the file ends within its header, which tells {axes} extents. Get it anew.");
        }
        Shape shape = ReadShape(path, extents, type, out int dataBytes);

        long expected = 4 + extents.Length + (long)dataBytes;
        if (expected > mostBytes || (!compressed && expected < mostBytes))
        {
            throw Bad(path, compressed
                ? $"the header promises {shape} elements, {expected} bytes, more than the compressed file can hold."
                : $"the header promises {shape} elements, {expected} bytes in all; the file has {mostBytes}. Get it anew.");
        }
        byte[] elements = new byte[dataBytes];
        int read = content.ReadAtLeast(elements, dataBytes, throwOnEndOfStream: false);
        if (read < dataBytes)
        {
            throw Bad(path, $"the header promises {shape} elements, {dataBytes} bytes; the data end after {read}. Get the file anew.");
        }
        if (content.ReadByte() >= 0)
        {
            throw Bad(path, $"the header promises {shape} elements, {dataBytes} bytes; the data go on after them.");
        }
        return new IdxFile(path, type, shape, elements);
    }

    private static Shape ReadShape(string path, ReadOnlySpan<byte> bytes, IdxType type, out int dataBytes)
    {
        Span<int> extents = stackalloc int[bytes.Length / 4];
        long total = SizeOf(type);
        for (int axis = 0; axis < extents.Length; axis++)
        {
            uint extent = BinaryPrimitives.ReadUInt32BigEndian(bytes[(4 * axis)..]);
            if (extent == 0)
            {
                throw Bad(path, $"axis {axis} has extent 0; expected at least 1.");
            }
            // Neither factor is above 2^32, so that the product does not overflow.
            total *= extent;
            if (total > Array.MaxLength)
            {
                throw Bad(path, $"the header promises more than {Array.MaxLength} bytes, the most that is read.");
            }
            extents[axis] = (int)extent;
        }
        dataBytes = (int)total;
        return new Shape(extents);
    }

    private static int SizeOf(IdxType type) => type switch
    {
        IdxType.UnsignedByte or IdxType.SignedByte => 1,
        IdxType.Int16 => 2,
        IdxType.Int32 or IdxType.Single => 4,
        _ => 8,
    };
}

/// <summary>The type of an element of an <see cref="IdxFile"/>, by its number in the file.</summary>
public enum IdxType : byte
{
    /// <summary>0 to 255: pixels and labels.</summary>
    UnsignedByte = 0x08,

    /// <summary>-128 to 127.</summary>
    SignedByte = 0x09,

    /// <summary>A 16-bit integer.</summary>
    Int16 = 0x0B,

    /// <summary>A 32-bit integer.</summary>
    Int32 = 0x0C,

    /// <summary>A 32-bit float.</summary>
    Single = 0x0D,

    /// <summary>A 64-bit float.</summary>
    Double = 0x0E,
}
