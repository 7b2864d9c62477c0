using System.Globalization;

namespace NetGen.Benchmarks.Images;

/// <summary>The extents of an image, channels first; a flat value is channels of one pixel.</summary>
internal readonly record struct Extents(int Channels, int Height = 1, int Width = 1)
{
    /// <summary>Numbers in one image.</summary>
    public int Count => Channels * Height * Width;

    public static Extents Parse(string text)
    {
        int[] extents = [.. text.Split('x').Select(extent => int.Parse(extent, CultureInfo.InvariantCulture))];
        return new(extents[0], extents[1], extents[2]);
    }

    public override string ToString() => $"{Channels}x{Height}x{Width}";
}
