using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>The right operand of many products, copied once: chunks of its rows that the first level of cache holds a strip of, each in strips of tiles.</summary>
internal readonly unsafe struct PackedOperand<V>(float* memory, int inner, int columns) where V : struct, IVector16<V>
{
    /// <summary>Rows of a chunk at most, so that a strip is 24 KB.</summary>
    private static int MostDepth => 384 / Gemm.MostVectors<V>();

    /// <summary>Floats of memory for an operand <c>[inner, columns]</c>.</summary>
    public static int Length(int inner, int columns)
    {
        Strips strips = Gemm.Divide<V>(columns);
        return strips.Total * 16 * inner + (inner + MostDepth - 1) / MostDepth * strips.Count * Strips.Gap;
    }

    /// <summary>Copies <paramref name="source"/>, <c>[inner, columns]</c>.</summary>
    public void Fill(float* source)
    {
        Strips strips = Gemm.Divide<V>(columns);
        float* chunk = memory;
        for (int k = 0; k < inner; k += MostDepth)
        {
            int depth = Math.Min(MostDepth, inner - k);
            PackedGemm.PackB<V>(source + (nint)k * columns, columns, chunk, depth, columns);
            chunk += ChunkLength(strips, depth);
        }
    }

    /// <summary>Copies the transpose of <paramref name="source"/>, <c>[columns, inner]</c>.</summary>
    public void FillTransposed(float* source)
    {
        Strips strips = Gemm.Divide<V>(columns);
        float* chunk = memory;
        for (int k = 0; k < inner; k += MostDepth)
        {
            int depth = Math.Min(MostDepth, inner - k);
            int start = 0;
            for (int i = 0; i < strips.Count; i++)
            {
                int width = strips.Vectors(i) * 16;
                float* strip = chunk + (nint)start * depth + i * Strips.Gap;
                int count = Math.Min(width, columns - start);
                // Lanes beyond the last column are computed and dropped, but denormals and NaN in them could be slow.
                if (count < width) new Span<float>(strip, depth * width).Clear();
                Transpose.Copy(source + (nint)start * inner + k, inner, strip, width, count, depth);
                start += width;
            }
            chunk += ChunkLength(strips, depth);
        }
    }

    /// <summary><c>c = start + a b</c>, each element one chain of additions; the steps are floats from row to row, and no start is null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Multiply(float* a, nint aStep, float* start, nint startStep, float* c, nint cStep, int rows)
    {
        Strips strips = Gemm.Divide<V>(columns);
        float* chunk = memory;
        var o = new TileOperands { A = a, RowStep = aStep, InnerStep = 1, C = c, CStep = cStep, Start = start, StartStep = startStep };
        for (int k = 0; k < inner; k += MostDepth)
        {
            o.Inner = Math.Min(MostDepth, inner - k);
            o.PackedB = chunk;
            Gemm.Run<V, Activated<Identity>>(ref o, rows, columns, default);
            chunk += ChunkLength(strips, o.Inner);
            o.A += o.Inner;
            o.Start = c;
            o.StartStep = cStep;
        }
    }

    private static nint ChunkLength(Strips strips, int depth) => (nint)strips.Total * 16 * depth + strips.Count * Strips.Gap;
}
