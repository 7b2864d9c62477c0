using System.Globalization;

namespace EmbeddedDigits;

/// <summary>Reads images from lines of text: 64 numbers with commas between them, or eight lines of eight characters.</summary>
internal sealed class ImageLines(TextReader reader)
{
    public const string Usage = """
        usage: EmbeddedDigits < images.txt
        Reads images of 8x8 pixels, and writes for each the digit and the probabilities of 0 to 9. An image is
          one line of 64 numbers from 0 (paper) to 16 (ink), with commas between them, or
          eight lines of eight characters: a space or a dot is paper, @ is ink, and : - = + * # % lie between.
        Exit code 2: a line is no part of an image; the message says which and why.
        """;

    private const int Side = 8;
    private const float Ink = 16;
    private const string Shades = ":-=+*#%@";

    private int _line;

    /// <summary>Reads the next image.</summary>
    /// <param name="pixels"><c>[64]</c>, row by row.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="FormatException">A line is no part of an image.</exception>
    public bool Read(Span<float> pixels)
    {
        string? line;
        do
        {
            line = Next();
            if (line is null) return _line > 0 ? false : throw new FormatException($"Expected an image, got no lines.\n{Usage}");
        }
        while (line.Length == 0);
        if (line.Contains(','))
        {
            ReadNumbers(line, pixels);
            return true;
        }
        for (int row = 0; row < Side; row++)
        {
            if (row > 0) line = Next() ?? throw new FormatException($"Expected {Side} lines of {Side} characters, got {row} before the end.");
            ReadRow(line, pixels.Slice(row * Side, Side));
        }
        return true;
    }

    private string? Next()
    {
        string? line = reader.ReadLine();
        if (line is not null) _line++;
        return line;
    }

    private void ReadNumbers(string line, Span<float> pixels)
    {
        int count = 0;
        foreach (Range field in line.AsSpan().Split(','))
        {
            ReadOnlySpan<char> text = line.AsSpan(field).Trim();
            if (!float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float pixel) || !(pixel is >= 0 and <= Ink))
            {
                throw Mistake($"expected numbers from 0 to {Ink}, got '{text}' at place {count + 1}");
            }
            if (count < pixels.Length) pixels[count] = pixel;
            count++;
        }
        if (count != pixels.Length) throw Mistake($"expected {pixels.Length} numbers, got {count}");
    }

    private void ReadRow(string line, Span<float> row)
    {
        if (line.Length > Side) throw Mistake($"expected {Side} characters, or {Side * Side} numbers with commas between them, got {line.Length} characters");
        row.Clear();
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] is ' ' or '.') continue;
            int shade = Shades.IndexOf(line[i]);
            if (shade < 0) throw Mistake($"expected a space, a dot or one of {Shades}, got '{line[i]}'");
            row[i] = (shade + 1) * Ink / Shades.Length;
        }
    }

    private FormatException Mistake(string what) => new($"Line {_line}: {what}.");
}
