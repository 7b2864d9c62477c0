using System.Buffers.Binary;
using System.IO.Compression;

namespace NetGen.Training;

/// <summary>
/// One array of numbers as NumPy saves it, alone (<c>numpy.save</c>) or in an archive (<c>numpy.savez</c>, <c>savez_compressed</c>): little-endian,
/// row by row. Python objects, which NumPy stores as code (pickle), are never read. Harris et al., NEP 1, "A simple file format for NumPy arrays".
/// </summary>
/// <example><code>
/// Dataset data = Dataset.FromArrays(NpyArray.Read("x.npy"), NpyArray.Read("y.npy"));
/// Dataset same = Dataset.FromArrays(NpyArray.Read("data.npz", "x"), NpyArray.Read("data.npz", "y"));
/// </code></example>
public sealed class NpyArray
{
    // What deflate can make of a byte at most (zlib's technical notes): a small file cannot make the reader reserve gigabytes.
    private const long LargestRatio = 1032;

    private readonly byte[] _elements;

    private NpyArray(string path, NpyHeader header, byte[] elements)
    {
        Path = path;
        Type = header.Type;
        Shape = header.Shape;
        _elements = elements;
    }

    /// <summary>The file, as it was named by the caller; of an archive with the array's name behind it.</summary>
    public string Path { get; }

    /// <summary>What an element is.</summary>
    public NpyType Type { get; }

    /// <summary>The extents, outermost first.</summary>
    public Shape Shape { get; }

    /// <summary>Whether its elements are whole numbers or truth values.</summary>
    public bool HoldsIntegers => Type < NpyType.Half;

    /// <summary>Reads an .npy file. Nothing is reserved before the header and the length of the file agree.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetFormatException">
    /// The file is no .npy file, holds what is not read (objects, big-endian numbers, Fortran order), or is longer or shorter than its header says.
    /// </exception>
    public static NpyArray Read(string path)
    {
        using FileStream file = Open(path);
        return Read(path, file, file.Length);
    }

    /// <summary>Reads one array of an .npz file. Nothing is reserved before the header and the lengths in the archive agree.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The array's name, as it was given to <c>numpy.savez</c>; <c>arr_0</c> and so on by default there.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetFormatException">The file is no archive, has no such array, or the array is one that <see cref="Read(string)"/> refuses.</exception>
    public static NpyArray Read(string path, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        using FileStream file = Open(path);
        string entryPath = $"{path}/{name}";
        try
        {
            using ZipArchive archive = new(file, ZipArchiveMode.Read);
            ZipArchiveEntry entry = archive.GetEntry(name + ".npy") ?? throw NpyHeader.Bad(
                path, $"there is no array '{name}'; there are {string.Join(", ", archive.Entries.Take(20).Select(other => System.IO.Path.GetFileNameWithoutExtension(other.Name)))}.");
            if (entry.Length > entry.CompressedLength * LargestRatio)
            {
                throw NpyHeader.Bad(entryPath, $"the archive promises {entry.Length} bytes, more than {entry.CompressedLength} compressed ones can hold.");
            }
            using Stream content = entry.Open();
            return Read(entryPath, content, entry.Length);
        }
        catch (InvalidDataException e)
        {
            throw NpyHeader.Bad(entryPath, $"the archive is damaged ({e.Message}). Get the file anew.", e);
        }
    }

    /// <summary>The elements as floats, in order; exact for all but large integers and doubles, which are rounded.</summary>
    /// <param name="allowMissing">Whether NaN may stand for a number that is not known; false by default.</param>
    /// <exception cref="DatasetFormatException">An element is infinite, not a number, or beyond the range of a float.</exception>
    public float[] ToSingles(bool allowMissing = false)
    {
        float[] values = new float[Shape.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Type switch
            {
                NpyType.Half => (float)BinaryPrimitives.ReadHalfLittleEndian(At(i)),
                NpyType.Single => BinaryPrimitives.ReadSingleLittleEndian(At(i)),
                NpyType.Double => (float)BinaryPrimitives.ReadDoubleLittleEndian(At(i)),
                _ => Integer(i),
            };
            if (!float.IsFinite(values[i]) && !(allowMissing && float.IsNaN(values[i])))
            {
                throw NpyHeader.Bad(Path, FormattableString.Invariant($"element {IndexOf(i)} is {values[i]}; expected a finite number."));
            }
        }
        return values;
    }

    /// <summary>The elements as integers, in order.</summary>
    /// <exception cref="DatasetFormatException">The array holds floating-point numbers, or an integer beyond 32 bits.</exception>
    public int[] ToIntegers()
    {
        if (!HoldsIntegers)
        {
            throw NpyHeader.Bad(Path, $"expected integers, found elements of type {Type}. Save array.astype('int32').");
        }
        int[] values = new int[Shape.Count];
        for (int i = 0; i < values.Length; i++)
        {
            long value = Integer(i);
            values[i] = value is >= int.MinValue and <= int.MaxValue
                ? (int)value
                : throw NpyHeader.Bad(Path, FormattableString.Invariant($"element {IndexOf(i)} is {value}; expected an integer of 32 bits."));
        }
        return values;
    }

    internal static FileStream Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return File.Exists(path) ? File.OpenRead(path) : throw new FileNotFoundException($"There is no file {path} (looked for {System.IO.Path.GetFullPath(path)}).", path);
    }

    private static NpyArray Read(string path, Stream content, long length)
    {
        NpyHeader header = NpyHeader.Read(path, content, Array.MaxLength);
        header.CheckLength(path, length);
        byte[] elements = new byte[header.DataBytes];
        int read = content.ReadAtLeast(elements, elements.Length, throwOnEndOfStream: false);
        if (read < elements.Length || content.ReadByte() >= 0)
        {
            string found = read < elements.Length ? $"the data end after {read}" : "the data go on after them";
            throw NpyHeader.Bad(path, $"the header promises {elements.Length} bytes of elements; {found}. Get the file anew.");
        }
        return new NpyArray(path, header, elements);
    }

    private ReadOnlySpan<byte> At(int index) => _elements.AsSpan(index * NpyHeader.SizeOf(Type));

    private long Integer(int index) => Type switch
    {
        NpyType.Boolean => _elements[index] == 0 ? 0 : 1,
        NpyType.UnsignedByte => _elements[index],
        NpyType.SignedByte => (sbyte)_elements[index],
        NpyType.UnsignedInt16 => BinaryPrimitives.ReadUInt16LittleEndian(At(index)),
        NpyType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(At(index)),
        NpyType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(At(index)),
        _ => BinaryPrimitives.ReadInt64LittleEndian(At(index)),
    };

    /// <summary>Where an element lies, as NumPy writes it: <c>[3, 0]</c>.</summary>
    private string IndexOf(int element)
    {
        int[] index = new int[Shape.Rank];
        for (int axis = index.Length - 1; axis >= 0; axis--)
        {
            (element, index[axis]) = Math.DivRem(element, Shape[axis]);
        }
        return $"[{string.Join(", ", index)}]";
    }
}
