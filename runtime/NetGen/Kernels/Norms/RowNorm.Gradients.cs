using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <content>The gradients.</content>
public static partial class RowNorm
{
    /// <summary>Rows whose sum is added before those of others, so that rounding errors do not grow with the number of rows.</summary>
    private const int LargestSumBlock = 64;

    /// <summary>
    /// <c>dx_j = r (g_j - mean(g) - n_j mean(g n))</c> with <c>g_j = weight_j dy_j</c> and <c>n_j = (x_j - m) r</c>; without <c>mean(g)</c> where m is not the mean. dx may be dy or x.
    /// </summary>
    /// <param name="dy"><c>[rows, width]</c>.</param>
    /// <param name="x">Like dy.</param>
    /// <param name="moments"><c>[rows, 2]</c>: m, r.</param>
    /// <param name="weight"><c>[width]</c>.</param>
    /// <param name="dx">Like dy.</param>
    /// <param name="centred">Whether m is the mean; 0 otherwise.</param>
    public static void InputGradient(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> moments, ReadOnlySpan<float> weight, Span<float> dx, bool centred)
    {
        Debug.Assert(dy.Length == x.Length && dx.Length == x.Length && x.Length == moments.Length / 2 * weight.Length);
        Simd.Run(new InputKernel(dy, x, moments, weight, dx, centred));
    }

    /// <summary><c>dweight_j = sum over rows of dy_j (x_j - m) r</c>, in an order of additions that depends on the shapes only.</summary>
    /// <param name="dy"><c>[rows, width]</c>.</param>
    /// <param name="x">Like dy.</param>
    /// <param name="moments"><c>[rows, 2]</c>: m, r.</param>
    /// <param name="dweight"><c>[width]</c>.</param>
    /// <param name="worker">Computes its part of dweight.</param>
    public static void WeightGradient(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> moments, ParameterGradient dweight, Worker worker)
    {
        Debug.Assert(dy.Length == x.Length && x.Length == moments.Length / 2 * dweight.Values.Length);
        Part part = worker.Part(dweight.Values.Length, unit: 16);
        if (part.Count == 0) return;
        Simd.Run(new WeightKernel(dy, x, moments, dweight.Values, part));
        dweight.Update(part.Start, part.Count);
    }

    internal readonly ref struct InputKernel(
        ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> moments, ReadOnlySpan<float> weight, Span<float> dx, bool centred) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _dy = dy;
        private readonly ReadOnlySpan<float> _x = x;
        private readonly ReadOnlySpan<float> _moments = moments;
        private readonly ReadOnlySpan<float> _weight = weight;
        private readonly Span<float> _dx = dx;
        private readonly bool _centred = centred;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int width = _weight.Length, rows = _moments.Length / 2;
            for (int row = 0; row < rows; row++)
            {
                float mean = Unsafe.Add(ref MemoryMarshal.GetReference(_moments), 2 * row), r = Unsafe.Add(ref MemoryMarshal.GetReference(_moments), (2 * row) + 1);
                (double sum, double product) = (0, 0);
                V m = V.Broadcast(mean);
                for (int start = 0; start < width; start += Chunk)
                {
                    V ofG = V.Broadcast(0), ofProduct = ofG;
                    int end = Math.Min(start + Chunk, width), i = start;
                    for (; i <= end - 16; i += 16) Add(row * width, i, 16, m, ref ofG, ref ofProduct);
                    if (i < end) Add(row * width, i, end - i, m, ref ofG, ref ofProduct);
                    sum += V.SumLanesInDouble(ofG);
                    product += V.SumLanesInDouble(ofProduct);
                }
                V scale = V.Broadcast(r), constant = V.Broadcast(_centred ? (float)(sum / width) : 0), slope = V.Broadcast((float)(product / width * r * r));
                int j = 0;
                for (; j <= width - 16; j += 16) Store(row * width, j, 16, m, scale, constant, slope);
                if (j < width) Store(row * width, j, width - j, m, scale, constant, slope);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Add<V>(int row, int j, int lanes, V m, ref V ofG, ref V ofProduct) where V : struct, IVector16<V>
        {
            V g = G<V>(row, j, lanes);
            ofG += g;
            ofProduct = V.MultiplyAdd(g, UpTo16.Load<V>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), row + j), lanes) - m, ofProduct);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Store<V>(int row, int j, int lanes, V m, V scale, V constant, V slope) where V : struct, IVector16<V>
        {
            V centred = UpTo16.Load<V>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), row + j), lanes) - m;
            V result = (G<V>(row, j, lanes) - constant - centred * slope) * scale;
            UpTo16.Store(result, ref Unsafe.Add(ref MemoryMarshal.GetReference(_dx), row + j), lanes);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private V G<V>(int row, int j, int lanes) where V : struct, IVector16<V> =>
            UpTo16.Load<V>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_weight), j), lanes) * UpTo16.Load<V>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_dy), row + j), lanes);
    }

    internal readonly ref struct WeightKernel(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> moments, Span<float> dweight, Part part) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _dy = dy;
        private readonly ReadOnlySpan<float> _x = x;
        private readonly ReadOnlySpan<float> _moments = moments;
        private readonly Span<float> _dweight = dweight;
        private readonly Part _part = part;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int end = _part.Start + _part.Count, rows = _moments.Length / 2;
            _part.Of(_dweight, 1).Clear();
            for (int first = 0; first < rows; first += LargestSumBlock)
            {
                int count = Math.Min(LargestSumBlock, rows - first), j = _part.Start;
                for (; j <= end - 16; j += 16) Column<V>(first, count, j, 16);
                if (j < end) Column<V>(first, count, j, end - j);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Column<V>(int first, int rows, int j, int lanes) where V : struct, IVector16<V>
        {
            int width = _dweight.Length;
            V sum = V.Broadcast(0);
            ref float moments = ref Unsafe.Add(ref MemoryMarshal.GetReference(_moments), 2 * first);
            ref float x = ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), (first * width) + j);
            ref float dy = ref Unsafe.Add(ref MemoryMarshal.GetReference(_dy), (first * width) + j);
            for (int row = 0; row < rows; row++)
            {
                V normalised = (UpTo16.Load<V>(ref x, lanes) - V.Broadcast(moments)) * V.Broadcast(Unsafe.Add(ref moments, 1));
                sum = V.MultiplyAdd(UpTo16.Load<V>(ref dy, lanes), normalised, sum);
                moments = ref Unsafe.Add(ref moments, 2);
                x = ref Unsafe.Add(ref x, width);
                dy = ref Unsafe.Add(ref dy, width);
            }
            ref float dweight = ref Unsafe.Add(ref MemoryMarshal.GetReference(_dweight), j);
            UpTo16.Store(UpTo16.Load<V>(ref dweight, lanes) + sum, ref dweight, lanes);
        }
    }
}
