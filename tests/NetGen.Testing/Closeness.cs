namespace NetGen.Testing;

/// <summary>The one measure of error: <c>max|a - b| / max(max|b|, 1e-3)</c> over a tensor.</summary>
public static class Closeness
{
    /// <summary>The largest error allowed, unless a test says otherwise.</summary>
    public const double Tolerance = 1e-5;

    /// <summary>Fails unless the tensors are close.</summary>
    /// <param name="expected">The reference, b.</param>
    /// <param name="actual">What was computed, a.</param>
    /// <param name="what">Names the tensor in the message.</param>
    /// <param name="tolerance">The largest error allowed.</param>
    /// <exception cref="NotCloseException">They are not, or their lengths differ, or an element is NaN.</exception>
    public static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, string what = "tensor", double tolerance = Tolerance)
    {
        if (expected.Length != actual.Length)
        {
            throw new NotCloseException($"{what}: expected {expected.Length} elements, got {actual.Length}");
        }
        (double error, int worst) = ErrorOf(expected, actual);
        if (!(error <= tolerance))
        {
            throw new NotCloseException($"{what}: error {error:E2}, at most {tolerance:E0} is allowed; at {worst} of {expected.Length} expected {expected[worst]:R}, got {actual[worst]:R}");
        }
    }

    /// <summary>The error of a tensor and where it is; NaN where a difference is NaN.</summary>
    public static (double Error, int Worst) ErrorOf(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        (double error, double scale, int worst) = (0, 1e-3, 0);
        for (int i = 0; i < expected.Length; i++)
        {
            scale = Math.Max(scale, Math.Abs(expected[i]));
            double difference = Math.Abs(actual[i] - expected[i]);
            if (double.IsNaN(difference))
            {
                return (difference, i);
            }
            if (difference > error)
            {
                (error, worst) = (difference, i);
            }
        }
        return (error / scale, worst);
    }

    /// <inheritdoc cref="AssertClose(ReadOnlySpan{double}, ReadOnlySpan{double}, string, double)"/>
    public static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, string what = "tensor", double tolerance = Tolerance) =>
        AssertClose(expected, ToDouble(actual), what, tolerance);

    /// <inheritdoc cref="AssertClose(ReadOnlySpan{double}, ReadOnlySpan{double}, string, double)"/>
    public static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what = "tensor", double tolerance = Tolerance) =>
        AssertClose(ToDouble(expected), ToDouble(actual), what, tolerance);

    /// <inheritdoc cref="AssertClose(ReadOnlySpan{double}, ReadOnlySpan{double}, string, double)"/>
    public static void AssertClose(double expected, double actual) => AssertClose([expected], [actual], "number");

    /// <summary>Widens every element.</summary>
    public static double[] ToDouble(ReadOnlySpan<float> values)
    {
        var result = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            result[i] = values[i];
        }
        return result;
    }
}

/// <summary>Two tensors that should be close and are not.</summary>
public sealed class NotCloseException(string message) : Exception(message);
