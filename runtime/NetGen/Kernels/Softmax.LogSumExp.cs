using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <content>The logarithm of the softmax's denominator.</content>
public static partial class Softmax
{
    /// <summary>
    /// <c>y_r = ln sum_j e^(x_rj)</c> over rows of <paramref name="width"/>, within 4 ulp of the larger of <c>|max x|</c> and <c>y - max x</c> for rows of up
    /// to 4096. A row whose maximum is infinite gives that infinity, one with NaN gives NaN, and one with both gives either.
    /// </summary>
    /// <param name="x"><c>[rows, width]</c>.</param>
    /// <param name="y"><c>[rows]</c>.</param>
    /// <param name="width">Elements of a row.</param>
    public static void LogSumExp(ReadOnlySpan<float> x, Span<float> y, int width)
    {
        Debug.Assert(x.Length == y.Length * width);
        Simd.Run(new LogSumExpKernel(x, y, width));
    }

    /// <summary><c>ln sum_j e^(x_j - max)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float LogSum<V>(ref float x, int count, float max) where V : struct, IVector16<V>
    {
        // The largest element's 1 is not added: it would round away what the others say where they are small, and the result is log(1 + others).
        V top = V.Broadcast(max), zero = V.Broadcast(0), others = zero, tops = zero;
        for (int i = 0; i < count; i += 16)
        {
            int width = Math.Min(16, count - i);
            V column = UpTo16.Load<V>(ref Unsafe.Add(ref x, i), width);
            V power = V.SelectFirst(width, VectorMath.ExpAtMostOne(column - top), zero);
            others += V.SelectGreater(top, column, power, zero);
            tops += V.SelectGreater(top, column, zero, power);
        }
        double sum = V.SumLanesInDouble(others) + (V.SumLanesInDouble(tops) - 1);
        // All lanes are alike.
        return V.MaxLanes(VectorMath.LogOnePlus(V.Broadcast((float)sum)));
    }

    internal readonly ref struct LogSumExpKernel(ReadOnlySpan<float> x, Span<float> y, int width) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly Span<float> _y = y;
        private readonly int _width = width;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            for (int r = 0; r < _y.Length; r++)
            {
                ref float x = ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), r * _width);
                float max = Max<V>(ref x, _width);
                float logSum = LogSum<V>(ref x, _width, max);
                _y[r] = float.IsInfinity(max) ? max : max + logSum;
            }
        }
    }
}
