using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Normalises each row: <c>y_j = weight_j (x_j - m) r + bias_j</c>. Layer norm takes the row's mean for m and <c>r = 1 / sqrt(variance + epsilon)</c>; RMS norm takes 0 and
/// <c>r = 1 / sqrt(mean of x² + epsilon)</c>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class RowNorm
{
    /// <summary>Floats that are summed in single precision before their sum is added to a total in double.</summary>
    private const int Chunk = 1024;

    /// <summary>Of each row m and r.</summary>
    /// <param name="x"><c>[rows, width]</c>.</param>
    /// <param name="moments"><c>[rows, 2]</c>.</param>
    /// <param name="width">Floats of a row.</param>
    /// <param name="epsilon">Added to the variance or mean square.</param>
    /// <param name="centred">Whether m is the mean; 0 otherwise.</param>
    public static void Moments(ReadOnlySpan<float> x, Span<float> moments, int width, float epsilon, bool centred)
    {
        Debug.Assert(x.Length == moments.Length / 2 * width);
        Simd.Run(new MomentsKernel(x, moments, width, epsilon, centred));
    }

    /// <summary><c>y_j = weight_j (x_j - m) r + bias_j</c>; y may be x.</summary>
    /// <param name="x"><c>[rows, width]</c>.</param>
    /// <param name="moments"><c>[rows, 2]</c>: m, r.</param>
    /// <param name="weight"><c>[width]</c>.</param>
    /// <param name="bias"><c>[width]</c>, or empty for 0.</param>
    /// <param name="y">Like x.</param>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> moments, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> y)
    {
        Debug.Assert(x.Length == y.Length && x.Length == moments.Length / 2 * weight.Length && (bias.IsEmpty || bias.Length == weight.Length));
        Simd.Run(new ForwardKernel(x, moments, weight, bias, y));
    }

    internal readonly ref struct MomentsKernel(ReadOnlySpan<float> x, Span<float> moments, int width, float epsilon, bool centred) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly Span<float> _moments = moments;
        private readonly int _width = width;
        private readonly float _epsilon = epsilon;
        private readonly bool _centred = centred;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int width = _width, rows = _moments.Length / 2;
            for (int row = 0; row < rows; row++)
            {
                ref float x = ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), row * width);
                float mean = 0;
                if (_centred)
                {
                    double sum = 0;
                    for (int start = 0; start < width; start += Chunk) sum += Sum<V>(ref Unsafe.Add(ref x, start), Math.Min(Chunk, width - start));
                    mean = (float)(sum / width);
                }
                double squares = 0;
                for (int start = 0; start < width; start += Chunk) squares += Squares<V>(ref Unsafe.Add(ref x, start), Math.Min(Chunk, width - start), mean);
                ref float moments = ref Unsafe.Add(ref MemoryMarshal.GetReference(_moments), 2 * row);
                moments = mean;
                Unsafe.Add(ref moments, 1) = (float)(1 / Math.Sqrt((squares / width) + _epsilon));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static double Sum<V>(ref float x, int count) where V : struct, IVector16<V>
        {
            V a = V.Broadcast(0), b = a;
            int i = 0;
            // Two, because each waits for the one before.
            for (; i <= count - 32; i += 32)
            {
                a += V.Load(ref Unsafe.Add(ref x, i));
                b += V.Load(ref Unsafe.Add(ref x, i + 16));
            }
            for (; i < count; i += 16) a += V.LoadPartial(ref Unsafe.Add(ref x, i), Math.Min(16, count - i));
            return V.SumLanesInDouble(a + b);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static double Squares<V>(ref float x, int count, float mean) where V : struct, IVector16<V>
        {
            V m = V.Broadcast(mean), a = V.Broadcast(0), b = a;
            int i = 0;
            for (; i <= count - 32; i += 32)
            {
                V d = V.Load(ref Unsafe.Add(ref x, i)) - m, e = V.Load(ref Unsafe.Add(ref x, i + 16)) - m;
                a = V.MultiplyAdd(d, d, a);
                b = V.MultiplyAdd(e, e, b);
            }
            for (; i < count; i += 16)
            {
                int lanes = Math.Min(16, count - i);
                V d = V.SelectFirst(lanes, V.LoadPartial(ref Unsafe.Add(ref x, i), lanes) - m, V.Broadcast(0));
                a = V.MultiplyAdd(d, d, a);
            }
            return V.SumLanesInDouble(a + b);
        }
    }

    internal readonly ref struct ForwardKernel(ReadOnlySpan<float> x, ReadOnlySpan<float> moments, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> y) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly ReadOnlySpan<float> _moments = moments;
        private readonly ReadOnlySpan<float> _weight = weight;
        private readonly ReadOnlySpan<float> _bias = bias;
        private readonly Span<float> _y = y;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int width = _weight.Length, rows = _moments.Length / 2;
            for (int row = 0; row < rows; row++)
            {
                V m = V.Broadcast(Unsafe.Add(ref MemoryMarshal.GetReference(_moments), 2 * row));
                V r = V.Broadcast(Unsafe.Add(ref MemoryMarshal.GetReference(_moments), (2 * row) + 1));
                int j = 0;
                for (; j <= width - 16; j += 16) Vector(row * width, j, 16, m, r);
                if (j < width) Vector(row * width, j, width - j, m, r);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Vector<V>(int row, int j, int lanes, V m, V r) where V : struct, IVector16<V>
        {
            V scale = r * UpTo16.Load<V>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_weight), j), lanes);
            V bias = _bias.IsEmpty ? V.Broadcast(0) : UpTo16.Load<V>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_bias), j), lanes);
            V x = UpTo16.Load<V>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), row + j), lanes);
            UpTo16.Store(V.MultiplyAdd(x - m, scale, bias), ref Unsafe.Add(ref MemoryMarshal.GetReference(_y), row + j), lanes);
        }
    }
}
