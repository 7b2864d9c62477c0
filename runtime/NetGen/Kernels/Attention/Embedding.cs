using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>Rows of a table by ids, and the gradient of the table.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Embedding
{
    /// <summary><c>y_r = table[ids_r]</c>.</summary>
    /// <param name="ids"><c>[rows]</c>: whole numbers from 0 to below the table's rows.</param>
    /// <param name="table"><c>[vocabulary, width]</c>.</param>
    /// <param name="y"><c>[rows, width]</c>.</param>
    /// <param name="width">Floats of a row of the table.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id has no row.</exception>
    public static void Forward(ReadOnlySpan<float> ids, ReadOnlySpan<float> table, Span<float> y, int width)
    {
        Debug.Assert(y.Length == ids.Length * width && table.Length % width == 0);
        for (int r = 0; r < ids.Length; r++) table.Slice((int)ids[r] * width, width).CopyTo(y.Slice(r * width, width));
    }

    /// <summary><c>dtable[i] = sum over r with ids_r = i of dy_r</c>, in order of rows; 0 for what no id names.</summary>
    /// <param name="ids">As in <see cref="Forward"/>.</param>
    /// <param name="dy"><c>[rows, width]</c>.</param>
    /// <param name="dtable"><c>[vocabulary, width]</c>.</param>
    /// <param name="width">As in <see cref="Forward"/>.</param>
    /// <param name="worker">Computes its part of the rows of the table.</param>
    public static void Gradient(ReadOnlySpan<float> ids, ReadOnlySpan<float> dy, ParameterGradient dtable, int width, Worker worker)
    {
        Debug.Assert(dy.Length == ids.Length * width && dtable.Values.Length % width == 0);
        Part part = worker.Part(dtable.Values.Length / width);
        if (part.Count == 0) return;
        Span<float> sums = part.Of(dtable.Values, width);
        sums.Clear();
        Simd.Run(new GradientKernel(ids, dy, sums, width, part.Start));
        dtable.Update(part.Start * width, part.Count * width);
    }

    internal readonly ref struct GradientKernel(ReadOnlySpan<float> ids, ReadOnlySpan<float> dy, Span<float> sums, int width, int firstId) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _ids = ids, _dy = dy;
        private readonly Span<float> _sums = sums;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            uint count = (uint)(_sums.Length / width);
            for (int r = 0; r < _ids.Length; r++)
            {
                uint id = (uint)((int)_ids[r] - firstId);
                if (id >= count) continue;
                ref float dy = ref Unsafe.Add(ref MemoryMarshal.GetReference(_dy), r * width);
                ref float sum = ref Unsafe.Add(ref MemoryMarshal.GetReference(_sums), (int)id * width);
                int j = 0;
                for (; j <= width - 16; j += 16) V.Store(V.Load(in Unsafe.Add(ref sum, j)) + V.Load(in Unsafe.Add(ref dy, j)), ref Unsafe.Add(ref sum, j));
                if (j < width) GradientSum.Add(V.LoadPartial(in Unsafe.Add(ref dy, j), width - j), ref Unsafe.Add(ref sum, j), width - j);
            }
        }
    }
}
