using System.Buffers.Binary;
using System.Text;

namespace NetGen.Testing;

/// <summary>The ways in which files are damaged, or made to look damaged.</summary>
public static class Damage
{
    private static readonly long[] Numbers =
        [0, 1, -1, 2, 7, 8, 127, 128, 255, 256, short.MaxValue, ushort.MaxValue, 1 << 16, 100_000_001, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 32, long.MaxValue, long.MinValue];

    private static readonly string[] NumbersAsText =
    [
        "0", "1", "-1", "-0", "2", "3", "17", "255", "256", "65535", "65536", "2147483647", "2147483648", "-2147483648", "4294967296", "9223372036854775807", "9223372036854775808",
        "18446744073709551615", "99999999999999999999999", "1e1", "1e9", "1e308", "1e999", "1e-999", "0.5", "NaN", "Infinity", "-Infinity", "0x10", "1_000", "00000000000000000001",
    ];

    private static readonly string[] Words =
    [
        "null", "true", "[]", "{}", "\"\"", "[[[[[[[[", "{\"a\":", ",", ":", "\"", "'", "(", ")", "\\", "\\ud800", "\\u0000", "\n", "\r\n", "\0", "\t", " ", "=", "ä", "\ufeff",
        "F64", "F16", "BF16", "I64", "BOOL", "U8", "<f8", "<i4", "|O", ">f4", "True", "__metadata__", "netgen.version", "{0}",
    ];

    /// <summary>A variant of one of the files: one to four kinds of damage, one after the other.</summary>
    /// <param name="files">Whole ones.</param>
    /// <param name="random">Draws the file and the damage.</param>
    /// <param name="repair">Made of half of the variants, so that damage gets past a first check: a length that fits again, a compression.</param>
    public static byte[] Of(IReadOnlyList<byte[]> files, Random random, Func<byte[], byte[]>? repair = null)
    {
        List<byte> file = [.. files[random.Next(files.Count)]];
        for (int left = random.Next(8) switch { < 4 => 1, < 6 => 2, 6 => 3, _ => 4 }; left > 0; left--)
        {
            Once(file, files, random);
        }
        return repair is not null && random.Next(2) == 0 ? repair([.. file]) : [.. file];
    }

    /// <summary>Gives a safetensors file the length of header that its braces say, so that damage in the header gets past the check of its length.</summary>
    public static byte[] FitHeader(byte[] file)
    {
        int end = file.AsSpan().LastIndexOf("}}"u8) + 2;
        while (end < file.Length && file[end] == ' ') end++;
        if (end > sizeof(long) + 2) BinaryPrimitives.WriteInt64LittleEndian(file, end - sizeof(long));
        return file;
    }

    private static void Once(List<byte> file, IReadOnlyList<byte[]> files, Random random)
    {
        int at = random.Next(file.Count + 1);
        int length = Math.Min(file.Count - at, 1 << random.Next(7));
        switch (random.Next(12))
        {
            case 0:
                if (at < file.Count) file[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                if (at < file.Count) file[at] = (byte)random.Next(256);
                break;
            case 2:
                // Printable bytes get past a check of encodings and into the parser.
                if (at < file.Count) file[at] = (byte)random.Next(' ', '~' + 1);
                break;
            case 3:
                file.RemoveRange(at, file.Count - at);
                break;
            case 4:
                file.RemoveRange(at, length);
                break;
            case 5:
                byte[] inserted = new byte[random.Next(1, 33)];
                random.NextBytes(inserted);
                file.InsertRange(at, inserted);
                break;
            case 6:
                // A part again, here or elsewhere, up to a few hundred times.
                byte[] part = [.. file.GetRange(at, length)];
                int times = random.Next(8) == 0 ? random.Next(1, 400) : 1;
                file.InsertRange(random.Next(file.Count + 1), Enumerable.Repeat(part, times).SelectMany(bytes => bytes));
                break;
            case 7:
                // Two parts change places, names and shapes with them.
                int other = random.Next(file.Count - length + 1);
                for (int i = 0; i < length; i++) (file[at + i], file[other + i]) = (file[other + i], file[at + i]);
                break;
            case 8:
                Overwrite(file, at, Numbers[random.Next(Numbers.Length)], random);
                break;
            case 9:
                Renumber(file, at, NumbersAsText[random.Next(NumbersAsText.Length)]);
                break;
            case 10:
                file.InsertRange(at, Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]));
                break;
            default:
                // The end of another file.
                byte[] end = files[random.Next(files.Count)];
                file.RemoveRange(at, file.Count - at);
                file.AddRange(end.AsSpan(random.Next(end.Length + 1)));
                break;
        }
    }

    /// <summary>Writes a number over what is there, at one of the sizes and orders of bytes that headers have.</summary>
    private static void Overwrite(List<byte> file, int at, long number, Random random)
    {
        byte[] bytes = new byte[sizeof(long)];
        int size = 1 << random.Next(4);
        bool isBigEndian = random.Next(2) == 0;
        if (isBigEndian)
            BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        else
            BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        ReadOnlySpan<byte> written = isBigEndian ? bytes.AsSpan(sizeof(long) - size) : bytes.AsSpan(0, size);
        for (int i = 0; i < size && at + i < file.Count; i++) file[at + i] = written[i];
    }

    /// <summary>Writes another number in the place of the first one in digits from a place on.</summary>
    private static void Renumber(List<byte> file, int at, string number)
    {
        int begin = file.FindIndex(at, IsDigit);
        if (begin < 0) return;
        int end = file.FindIndex(begin, value => !IsDigit(value));
        file.RemoveRange(begin, (end < 0 ? file.Count : end) - begin);
        file.InsertRange(begin, Encoding.ASCII.GetBytes(number));

        static bool IsDigit(byte value) => value is >= (byte)'0' and <= (byte)'9';
    }
}
