using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>A loss of a row of predictions <c>x</c> as a whole, and its gradient by them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRowLoss
{
    /// <summary>Numbers of the target of a row of <paramref name="width"/> elements.</summary>
    static abstract int TargetWidth(int width);

    /// <summary><c>l(x, t)</c> of <paramref name="width"/> elements.</summary>
    float Value<V>(ref float x, ref float t, int width) where V : struct, IVector16<V>;

    /// <summary><c>g = weight dl / dx</c>; g may be x.</summary>
    void Gradient<V>(ref float x, ref float t, ref float g, int width, float weight) where V : struct, IVector16<V>;
}

/// <summary><c>-sum_j t_j (1 - p_j)^gamma ln p_j</c> with <c>p = softmax(x)</c> (Lin et al. 2017).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SoftmaxFocal(float gamma) : IRowLoss
{
    /// <inheritdoc/>
    public static int TargetWidth(int width) => width;

    /// <inheritdoc/>
    public float Value<V>(ref float x, ref float t, int width) where V : struct, IVector16<V>
    {
        V shift = LogSoftmax.Shift<V>(ref x, width), sum = V.Broadcast(0);
        for (int i = 0; i < width; i += 16)
        {
            int count = Math.Min(16, width - i);
            V log = UpTo16.Load<V>(ref Unsafe.Add(ref x, i), count) - shift;
            V loss = -(UpTo16.Load<V>(ref Unsafe.Add(ref t, i), count) * Focal.Power(Wrong(VectorMath.Exp(log)), gamma) * log);
            sum += V.SelectFirst(count, loss, V.Broadcast(0));
        }
        return (float)V.SumLanesInDouble(sum);
    }

    /// <inheritdoc/>
    public void Gradient<V>(ref float x, ref float t, ref float g, int width, float weight) where V : struct, IVector16<V>
    {
        // By log p_j the derivative is d_j = t_j (1 - p_j)^gamma (gamma p_j ln p_j / (1 - p_j) - 1); by x_k then d_k - p_k sum_j d_j.
        V shift = LogSoftmax.Shift<V>(ref x, width), sum = V.Broadcast(0), scale = V.Broadcast(weight);
        for (int i = 0; i < width; i += 16)
        {
            int count = Math.Min(16, width - i);
            V d = ByLogarithm(UpTo16.Load<V>(ref Unsafe.Add(ref x, i), count) - shift, UpTo16.Load<V>(ref Unsafe.Add(ref t, i), count), out _);
            sum += V.SelectFirst(count, d, V.Broadcast(0));
        }
        V total = V.Broadcast(V.SumLanes(sum));
        for (int i = 0; i < width; i += 16)
        {
            int count = Math.Min(16, width - i);
            V d = ByLogarithm(UpTo16.Load<V>(ref Unsafe.Add(ref x, i), count) - shift, UpTo16.Load<V>(ref Unsafe.Add(ref t, i), count), out V p);
            UpTo16.Store(scale * (d - p * total), ref Unsafe.Add(ref g, i), count);
        }
    }

    private V ByLogarithm<V>(V log, V target, out V p) where V : struct, IVector16<V>
    {
        p = VectorMath.Exp(log);
        V wrong = Wrong(p);
        // p log p / (1 - p) lies in (-1, 0], also where p rounds to 1.
        return target * Focal.Power(wrong, gamma) * (V.Broadcast(gamma) * V.Max(V.Broadcast(-1), p * log / wrong) - V.Broadcast(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Wrong<V>(V p) where V : struct, IVector16<V> => V.Max(V.Broadcast(Focal.Least), V.Broadcast(1) - p);
}

/// <summary><c>sum_j t_j (ln t_j - ln softmax(x)_j)</c>, where <c>0 ln 0</c> is 0.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct KLDivergence : IRowLoss
{
    /// <inheritdoc/>
    public static int TargetWidth(int width) => width;

    /// <inheritdoc/>
    public float Value<V>(ref float x, ref float t, int width) where V : struct, IVector16<V>
    {
        V shift = LogSoftmax.Shift<V>(ref x, width), sum = V.Broadcast(0), zero = V.Broadcast(0);
        for (int i = 0; i < width; i += 16)
        {
            int count = Math.Min(16, width - i);
            V target = UpTo16.Load<V>(ref Unsafe.Add(ref t, i), count);
            V loss = V.SelectGreater(target, zero, target * (VectorMath.Log(target) - (UpTo16.Load<V>(ref Unsafe.Add(ref x, i), count) - shift)), zero);
            sum += V.SelectFirst(count, loss, zero);
        }
        return (float)V.SumLanesInDouble(sum);
    }

    /// <inheritdoc/>
    public void Gradient<V>(ref float x, ref float t, ref float g, int width, float weight) where V : struct, IVector16<V>
    {
        V shift = LogSoftmax.Shift<V>(ref x, width), mass = V.Broadcast(0), scale = V.Broadcast(weight);
        for (int i = 0; i < width; i += 16)
        {
            int count = Math.Min(16, width - i);
            mass += V.SelectFirst(count, UpTo16.Load<V>(ref Unsafe.Add(ref t, i), count), V.Broadcast(0));
        }
        V total = V.Broadcast(V.SumLanes(mass));
        for (int i = 0; i < width; i += 16)
        {
            int count = Math.Min(16, width - i);
            V p = VectorMath.Exp(UpTo16.Load<V>(ref Unsafe.Add(ref x, i), count) - shift);
            UpTo16.Store(scale * (p * total - UpTo16.Load<V>(ref Unsafe.Add(ref t, i), count)), ref Unsafe.Add(ref g, i), count);
        }
    }
}

/// <summary><c>1 - x.t / sqrt((x.x + e) (t.t + e))</c> with <c>e = 1e-12</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CosineDistance : IRowLoss
{
    private const double Epsilon = 1e-12;

    /// <inheritdoc/>
    public static int TargetWidth(int width) => width;

    /// <inheritdoc/>
    public float Value<V>(ref float x, ref float t, int width) where V : struct, IVector16<V>
    {
        (double dot, double xx, double tt) = Products<V>(ref x, ref t, width);
        return (float)(1 - dot / Math.Sqrt(xx * tt));
    }

    /// <inheritdoc/>
    public void Gradient<V>(ref float x, ref float t, ref float g, int width, float weight) where V : struct, IVector16<V>
    {
        // (x.t / (x.x + e) x - t) / sqrt((x.x + e) (t.t + e))
        (double dot, double xx, double tt) = Products<V>(ref x, ref t, width);
        double scale = weight / Math.Sqrt(xx * tt);
        V ofX = V.Broadcast((float)(scale * dot / xx)), ofT = V.Broadcast((float)scale);
        for (int i = 0; i < width; i += 16)
        {
            int count = Math.Min(16, width - i);
            UpTo16.Store(ofX * UpTo16.Load<V>(ref Unsafe.Add(ref x, i), count) - ofT * UpTo16.Load<V>(ref Unsafe.Add(ref t, i), count), ref Unsafe.Add(ref g, i), count);
        }
    }

    private static (double Dot, double XX, double TT) Products<V>(ref float x, ref float t, int width) where V : struct, IVector16<V>
    {
        V zero = V.Broadcast(0), dot = zero, xx = zero, tt = zero;
        for (int i = 0; i < width; i += 16)
        {
            int count = Math.Min(16, width - i);
            V a = V.SelectFirst(count, UpTo16.Load<V>(ref Unsafe.Add(ref x, i), count), zero), b = V.SelectFirst(count, UpTo16.Load<V>(ref Unsafe.Add(ref t, i), count), zero);
            dot = V.MultiplyAdd(a, b, dot);
            xx = V.MultiplyAdd(a, a, xx);
            tt = V.MultiplyAdd(b, b, tt);
        }
        return (V.SumLanesInDouble(dot), V.SumLanesInDouble(xx) + Epsilon, V.SumLanesInDouble(tt) + Epsilon);
    }
}

file static class LogSoftmax
{
    /// <summary>In all lanes, what <c>ln softmax(x) = x - shift</c> takes off.</summary>
    public static V Shift<V>(ref float x, int width) where V : struct, IVector16<V>
    {
        float max = Softmax.Max<V>(ref x, width);
        return V.Broadcast(max + Softmax.LogSum<V>(ref x, width, max));
    }
}
