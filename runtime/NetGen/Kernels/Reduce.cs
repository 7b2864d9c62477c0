using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>Sums over all axes but one.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Reduce
{
    /// <summary>
    /// <c>y[l] = sum over o and i of x[o, l, i]</c> with <paramref name="x"/> seen as <c>[outer, length, inner]</c>. The order of the additions depends
    /// on the shape only.
    /// </summary>
    /// <param name="x"><c>[outer, length, inner]</c>.</param>
    /// <param name="y"><c>[length]</c>.</param>
    /// <param name="length">The axis that stays.</param>
    /// <param name="inner">Elements within one index of it.</param>
    /// <param name="worker">Computes its part of y.</param>
    public static void Sum(ReadOnlySpan<float> x, ParameterGradient y, int length, int inner, Worker worker)
    {
        Debug.Assert(y.Values.Length == length && x.Length % (length * inner) == 0);
        Part part = worker.Part(length, unit: 16);
        if (part.Count == 0) return;
        part.Of(y.Values, 1).Clear();
        // A vector of one element: all of x is one run.
        if (length == 1) inner = x.Length;
        if (!x.IsEmpty)
        {
            if (inner == 1) Simd.Run(new OverRows(x, y.Values, part));
            else Simd.Run(new OverRuns(x, y.Values, inner, part));
        }
        y.Update(part.Start, part.Count);
    }

    /// <summary>
    /// <c>y[s, l] = sum over o and i of x[s, o, l, i]</c>: as <see cref="Sum"/>, for each sample by itself.
    /// </summary>
    /// <param name="x"><c>[samples, outer, length, inner]</c>.</param>
    /// <param name="y"><c>[samples, length]</c>.</param>
    /// <param name="length">The axis that stays.</param>
    /// <param name="inner">Elements within one index of it.</param>
    public static void SumEach(ReadOnlySpan<float> x, Span<float> y, int length, int inner)
    {
        Debug.Assert(y.Length % length == 0 && (y.IsEmpty ? x.IsEmpty : x.Length % (y.Length / length * length * inner) == 0));
        if (y.IsEmpty) return;
        y.Clear();
        if (length == 1) inner = x.Length / y.Length;
        Simd.Run(new EachSample(x, y, length, inner));
    }

    /// <summary>The sums of each sample; y is zero before.</summary>
    internal readonly ref struct EachSample(ReadOnlySpan<float> x, Span<float> y, int length, int inner) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly Span<float> _y = y;
        private readonly int _length = length;
        private readonly int _inner = inner;

        public void Run<V>() where V : struct, IVector16<V>
        {
            int samples = _y.Length / _length, each = _x.Length / samples;
            Part all = new(0, _length);
            for (int s = 0; s < samples; s++)
            {
                ReadOnlySpan<float> x = _x.Slice(s * each, each);
                Span<float> y = _y.Slice(s * _length, _length);
                if (_inner == 1) new OverRows(x, y, all).Run<V>();
                else new OverRuns(x, y, _inner, all).Run<V>();
            }
        }
    }

    /// <summary>inner = 1: rows are added, <c>y += x[o, :]</c>; y is zero before.</summary>
    internal readonly ref struct OverRows(ReadOnlySpan<float> x, Span<float> y, Part part) : ISimdKernel
    {
        // Rows are summed in chunks, and the chunks added: over long batches the rounding errors grow with their number, not with the batch.
        private const int Chunk = 64;

        private readonly ReadOnlySpan<float> _x = x;
        private readonly Span<float> _y = y;
        private readonly Part _part = part;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            ref float x = ref MemoryMarshal.GetReference(_x);
            ref float y = ref MemoryMarshal.GetReference(_y);
            int length = _y.Length, end = _part.Start + _part.Count;
            int outer = _x.Length / length;
            for (int start = 0; start < outer; start += Chunk)
            {
                int rows = Math.Min(Chunk, outer - start);
                ref float chunk = ref Unsafe.Add(ref x, start * length);
                int l = _part.Start;
                for (; l <= end - 16; l += 16)
                {
                    ref float row = ref Unsafe.Add(ref chunk, l);
                    V s0 = V.Broadcast(0), s1 = s0, s2 = s0, s3 = s0;
                    int r = 0;
                    // An addition waits for the one before, so there are four chains.
                    for (; r <= rows - 4; r += 4)
                    {
                        s0 += V.Load(ref row);
                        s1 += V.Load(ref Unsafe.Add(ref row, length));
                        s2 += V.Load(ref Unsafe.Add(ref row, 2 * length));
                        s3 += V.Load(ref Unsafe.Add(ref row, 3 * length));
                        // A vector of each row at a time is nothing that the hardware foresees.
                        Prefetch(ref Unsafe.Add(ref row, rows * length), length);
                        row = ref Unsafe.Add(ref row, 4 * length);
                    }
                    for (; r < rows; r++, row = ref Unsafe.Add(ref row, length)) s0 += V.Load(ref row);
                    V.Store(V.Load(ref Unsafe.Add(ref y, l)) + (s0 + s1 + (s2 + s3)), ref Unsafe.Add(ref y, l));
                }
                if (l == end) continue;
                V last = V.LoadPartial(ref Unsafe.Add(ref chunk, l), end - l);
                for (int r = 1; r < rows; r++) last += V.LoadPartial(ref Unsafe.Add(ref chunk, r * length + l), end - l);
                V.StorePartial(V.LoadPartial(ref Unsafe.Add(ref y, l), end - l) + last, ref Unsafe.Add(ref y, l), end - l);
            }
        }
    }

    /// <summary>Fetches a line of each of four rows into the second level of cache; they may lie beyond the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Prefetch(ref float row, nint length)
    {
        if (!Sse.IsSupported) return;
        float* line = (float*)Unsafe.AsPointer(ref row);
        Sse.Prefetch1(line);
        Sse.Prefetch1(line + length);
        Sse.Prefetch1(line + (2 * length));
        Sse.Prefetch1(line + (3 * length));
    }

    /// <summary>inner &gt; 1: each run of <c>inner</c> floats is summed and added to its element; y is zero before.</summary>
    internal readonly ref struct OverRuns(ReadOnlySpan<float> x, Span<float> y, int inner, Part part) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly Span<float> _y = y;
        private readonly int _inner = inner;
        private readonly Part _part = part;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            ref float x = ref MemoryMarshal.GetReference(_x);
            ref float y = ref MemoryMarshal.GetReference(_y);
            int inner = _inner, length = _y.Length;
            int outer = _x.Length / (length * inner);
            for (int l = _part.Start; l < _part.Start + _part.Count; l++)
            {
                double total = 0;
                for (int o = 0; o < outer; o++)
                {
                    ref float run = ref Unsafe.Add(ref x, (o * length + l) * inner);
                    V sum = V.Broadcast(0);
                    int i = 0;
                    for (; i <= inner - 16; i += 16) sum += V.Load(ref Unsafe.Add(ref run, i));
                    if (i < inner) sum += V.LoadPartial(ref Unsafe.Add(ref run, i), inner - i);
                    total += V.SumLanes(sum);
                }
                Unsafe.Add(ref y, l) = (float)total;
            }
        }
    }
}
