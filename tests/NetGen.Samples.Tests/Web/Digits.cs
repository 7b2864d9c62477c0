using System.Globalization;
using System.Text;
using NetGen.Testing;

namespace NetGen.Samples.Tests.Web;

/// <summary>The handwritten digits of the samples.</summary>
internal static class Digits
{
    /// <summary>Each image and the digit that it shows.</summary>
    public static IReadOnlyList<(float[] Pixels, int Digit)> All { get; } = [.. File.ReadLines(Path.Combine(Repository.Root, "samples/Digits/digits.csv")).Skip(1).Select(Parse)];

    /// <summary>A request's body.</summary>
    public static byte[] Body(ReadOnlySpan<float> pixels) =>
        Encoding.UTF8.GetBytes($"{{\"pixels\":[{string.Join(',', pixels.ToArray().Select(pixel => pixel.ToString(CultureInfo.InvariantCulture)))}]}}");

    private static (float[] Pixels, int Digit) Parse(string line)
    {
        float[] numbers = [.. line.Split(',').Select(field => float.Parse(field, CultureInfo.InvariantCulture))];
        return (numbers[..^1], (int)numbers[^1]);
    }
}
