using System.ComponentModel;
using System.Diagnostics;

namespace NetGen.CompilerServices;

/// <summary>What a sequence <c>[T, F]</c> is reduced to: its mean, its maxima or its last step. Steps beyond a sample's length are left out.</summary>
/// <remarks>
/// In all methods x is <c>[samples, T, F]</c>, y is <c>[samples, F]</c>, dx and dy are like x and y, and lengths is <c>[samples]</c>, empty when all sequences are full. A
/// sequence of length 0 gives 0. Gradients are 0 beyond a sample's length.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class OverTime
{
    /// <summary><c>y = (sum over t of x_t) / length</c>.</summary>
    public static void Mean(ReadOnlySpan<float> x, ReadOnlySpan<int> lengths, Span<float> y, int time, int features)
    {
        AssertShapes(x, lengths, y, time, features);
        Simd.Run(new MeanKernel(x, lengths, y, time, features));
    }

    /// <summary><c>dx_t = dy / length</c>.</summary>
    public static void MeanGradient(ReadOnlySpan<float> dy, ReadOnlySpan<int> lengths, Span<float> dx, int time, int features)
    {
        AssertShapes(dx, lengths, dy, time, features);
        Simd.Run(new MeanGradientKernel(dy, lengths, dx, time, features));
    }

    /// <summary><c>y = max over t of x_t</c>; NaN where one is.</summary>
    public static void Max(ReadOnlySpan<float> x, ReadOnlySpan<int> lengths, Span<float> y, int time, int features)
    {
        AssertShapes(x, lengths, y, time, features);
        Simd.Run(new MaxKernel(x, lengths, y, time, features));
    }

    /// <summary>
    /// <c>dx_t = dy</c> at the first t whose <c>x_t</c> is y, 0 at the others. Where y is NaN it is the first NaN, or an infinity before it.
    /// </summary>
    public static void MaxGradient(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, ReadOnlySpan<int> lengths, Span<float> dx, int time, int features)
    {
        AssertShapes(x, lengths, y, time, features);
        AssertShapes(dx, lengths, dy, time, features);
        Simd.Run(new MaxGradientKernel(x, y, dy, lengths, dx, time, features));
    }

    /// <summary><c>y = x_t</c> at the last t of each sequence.</summary>
    public static void Last(ReadOnlySpan<float> x, ReadOnlySpan<int> lengths, Span<float> y, int time, int features)
    {
        AssertShapes(x, lengths, y, time, features);
        for (int sample = 0; sample * features < y.Length; sample++)
        {
            int steps = Lengths.Of(lengths, sample, time);
            Span<float> last = y.Slice(sample * features, features);
            if (steps == 0) last.Clear();
            else x.Slice(((sample * time) + steps - 1) * features, features).CopyTo(last);
        }
    }

    /// <summary><c>dx_t = dy</c> at the last t of each sequence, 0 at the others.</summary>
    public static void LastGradient(ReadOnlySpan<float> dy, ReadOnlySpan<int> lengths, Span<float> dx, int time, int features)
    {
        AssertShapes(dx, lengths, dy, time, features);
        dx.Clear();
        for (int sample = 0; sample * features < dy.Length; sample++)
        {
            int steps = Lengths.Of(lengths, sample, time);
            if (steps > 0) dy.Slice(sample * features, features).CopyTo(dx[(((sample * time) + steps - 1) * features)..]);
        }
    }

    [Conditional("DEBUG")]
    private static void AssertShapes(ReadOnlySpan<float> sequences, ReadOnlySpan<int> lengths, ReadOnlySpan<float> rows, int time, int features)
    {
        Debug.Assert(time > 0 && features > 0 && rows.Length % features == 0 && sequences.Length == rows.Length * time);
        Debug.Assert(lengths.IsEmpty || lengths.Length == rows.Length / features);
    }
}
