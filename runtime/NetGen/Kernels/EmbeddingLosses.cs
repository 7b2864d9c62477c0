using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary><c>t d^2 + (1 - t) max(0, margin - d)^2</c> of a row <c>[a, b]</c> with <c>d = |a - b|</c> and one target (Hadsell, Chopra and LeCun 2006).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Contrastive(float margin) : IRowLoss
{
    /// <inheritdoc/>
    public static int TargetWidth(int width) => 1;

    /// <inheritdoc/>
    public float Value<V>(ref float x, ref float t, int width) where V : struct, IVector16<V>
    {
        double d = Embeddings.Distance<V>(ref x, ref Unsafe.Add(ref x, width / 2), width / 2), missing = Math.Max(0, margin - d);
        return (float)(t * d * d + (1 - t) * missing * missing);
    }

    /// <inheritdoc/>
    public void Gradient<V>(ref float x, ref float t, ref float g, int width, float weight) where V : struct, IVector16<V>
    {
        int size = width / 2;
        ref float b = ref Unsafe.Add(ref x, size);
        double d = Embeddings.Distance<V>(ref x, ref b, size), missing = Math.Max(0, margin - d);
        V scale = V.Broadcast((float)(2 * weight * (t - (1 - t) * missing * Embeddings.Inverse(d))));
        for (int i = 0; i < size; i += 16)
        {
            int count = Math.Min(16, size - i);
            V gradient = scale * Embeddings.Difference<V>(ref x, ref b, i, count);
            UpTo16.Store(gradient, ref Unsafe.Add(ref g, i), count);
            UpTo16.Store(-gradient, ref Unsafe.Add(ref g, size + i), count);
        }
    }
}

/// <summary><c>max(0, |a - p| - |a - n| + margin)</c> of a row <c>[a, p, n]</c>, which has no target (Schroff, Kalenichenko and Philbin 2015).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Triplet(float margin) : IRowLoss
{
    /// <inheritdoc/>
    public static int TargetWidth(int width) => 0;

    /// <inheritdoc/>
    public float Value<V>(ref float x, ref float t, int width) where V : struct, IVector16<V>
    {
        (double near, double far) = Distances<V>(ref x, width / 3);
        return (float)Math.Max(0, near - far + margin);
    }

    /// <inheritdoc/>
    public void Gradient<V>(ref float x, ref float t, ref float g, int width, float weight) where V : struct, IVector16<V>
    {
        int size = width / 3;
        ref float p = ref Unsafe.Add(ref x, size), n = ref Unsafe.Add(ref x, 2 * size);
        (double near, double far) = Distances<V>(ref x, size);
        // Not the other way round: NaN is to stay NaN.
        double counts = near - far + margin <= 0 ? 0 : weight;
        V ofNear = V.Broadcast((float)(counts * Embeddings.Inverse(near))), ofFar = V.Broadcast((float)(counts * Embeddings.Inverse(far)));
        for (int i = 0; i < size; i += 16)
        {
            int count = Math.Min(16, size - i);
            V u = ofNear * Embeddings.Difference<V>(ref x, ref p, i, count), v = ofFar * Embeddings.Difference<V>(ref x, ref n, i, count);
            UpTo16.Store(u - v, ref Unsafe.Add(ref g, i), count);
            UpTo16.Store(-u, ref Unsafe.Add(ref g, size + i), count);
            UpTo16.Store(v, ref Unsafe.Add(ref g, 2 * size + i), count);
        }
    }

    private static (double Near, double Far) Distances<V>(ref float x, int size) where V : struct, IVector16<V> =>
        (Embeddings.Distance<V>(ref x, ref Unsafe.Add(ref x, size), size), Embeddings.Distance<V>(ref x, ref Unsafe.Add(ref x, 2 * size), size));
}

/// <summary>How far embeddings are apart, as PyTorch's <c>pairwise_distance</c> has it: 1e-6 is added to each difference, so that equal embeddings have a gradient.</summary>
file static class Embeddings
{
    private const float Epsilon = 1e-6f;

    /// <summary>Lanes of <c>a - b + 1e-6</c> from <paramref name="start"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Difference<V>(ref float a, ref float b, int start, int count) where V : struct, IVector16<V> =>
        UpTo16.Load<V>(ref Unsafe.Add(ref a, start), count) - UpTo16.Load<V>(ref Unsafe.Add(ref b, start), count) + V.Broadcast(Epsilon);

    /// <summary><c>|a - b + 1e-6|</c>.</summary>
    public static double Distance<V>(ref float a, ref float b, int size) where V : struct, IVector16<V>
    {
        V zero = V.Broadcast(0), sum = zero;
        for (int i = 0; i < size; i += 16)
        {
            int count = Math.Min(16, size - i);
            V difference = V.SelectFirst(count, Difference<V>(ref a, ref b, i, count), zero);
            sum = V.MultiplyAdd(difference, difference, sum);
        }
        return Math.Sqrt(V.SumLanesInDouble(sum));
    }

    /// <summary><c>1 / d</c>, and 0 where embeddings are 1e-6 apart in the other direction, so that d is 0.</summary>
    public static double Inverse(double d) => d == 0 ? 0 : 1 / d;
}
