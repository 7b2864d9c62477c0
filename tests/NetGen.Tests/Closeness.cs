namespace NetGen.Tests;

/// <summary>The one measure of error: <c>max|a - b| / max(max|b|, 1e-3)</c> over a tensor, at most 1e-5.</summary>
internal static class Closeness
{
    public const double Tolerance = 1e-5;

    public static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double error = 0, scale = 1e-3;
        for (int i = 0; i < expected.Length; i++)
        {
            scale = Math.Max(scale, Math.Abs(expected[i]));
            double difference = Math.Abs(actual[i] - expected[i]);
            Assert.False(double.IsNaN(difference), $"element {i}: expected {expected[i]}, got {actual[i]}");
            error = Math.Max(error, difference);
        }
        Assert.True(error / scale <= Tolerance, $"error {error / scale:E2} over {expected.Length} elements; at most {Tolerance:E0} is allowed");
    }

    public static void AssertClose(double expected, double actual) => AssertClose([expected], [(float)actual]);
}
