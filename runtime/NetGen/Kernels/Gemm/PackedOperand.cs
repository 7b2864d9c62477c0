using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>The right operand of many rows, copied once: chunks of its rows that the first level of cache holds a strip of, each in strips of tiles.</summary>
/// <remarks>
/// Rows of the left operand are taken in blocks, so that a block and what becomes of it stay in the second level of cache while all of this operand passes. Meanwhile the next block is
/// fetched: the hardware sees only that tiles jump from row to row.
/// </remarks>
internal readonly unsafe struct PackedOperand<V>(float* memory, int inner, int columns) where V : struct, IVector16<V>
{
    // Whole tiles of every width.
    private const int BlockRows = 96;

    /// <summary>Rows of a chunk at most, so that a strip is 24 KB.</summary>
    private static int MostDepth => 384 / Gemm.MostVectors<V>();

    /// <summary>Whether a copy is small enough to stay in the second level of cache, and large enough to be of use.</summary>
    public static bool Fits(int inner, int columns) => (long)inner * columns is >= 4 * 1024 and <= 256 * 1024;

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

    /// <summary><c>c = f(start + a b)</c>, each element one chain of additions. Of the operands A, C, Start and their steps are read; b is this.</summary>
    public void Multiply<TEpilogue>(TileOperands o, int rows, TEpilogue epilogue) where TEpilogue : struct, ITileEpilogue
    {
        while (rows > 0) rows -= MultiplyBlock(ref o, rows, epilogue);
    }

    /// <summary>The first block of rows. Moves the operands past it and gives its height.</summary>
    public int MultiplyBlock<TEpilogue>(ref TileOperands o, int rows, TEpilogue epilogue) where TEpilogue : struct, ITileEpilogue
    {
        int count = Math.Min(rows, BlockRows);
        TileOperands p = o;
        p.InnerStep = 1;
        Strips strips = Gemm.Divide<V>(columns);
        if (rows > count && o.RowStep == inner)
        {
            int tiles = (count + Gemm.PanelRows<V>() - 1) / Gemm.PanelRows<V>() * strips.Count * ((inner + MostDepth - 1) / MostDepth);
            p.AheadOfA = new(o.A + (nint)count * inner, Math.Min(rows - count, BlockRows) * inner, tiles, Math.Min(MostDepth, inner));
        }
        float* chunk = memory;
        for (int k = 0; k < inner; k += MostDepth)
        {
            p.Inner = Math.Min(MostDepth, inner - k);
            p.PackedB = chunk;
            if (k + MostDepth < inner) Gemm.Run<V, Activated<Identity>>(ref p, count, columns, default);
            else Gemm.Run<V, TEpilogue>(ref p, count, columns, epilogue);
            chunk += ChunkLength(strips, p.Inner);
            p.A += p.Inner;
            p.Start = p.C;
            p.StartStep = p.CStep;
        }
        o.A += count * o.RowStep;
        o.C += count * o.CStep;
        if (o.Start != null) o.Start += count * o.StartStep;
        return count;
    }

    private static nint ChunkLength(Strips strips, int depth) => (nint)strips.Total * 16 * depth + strips.Count * Strips.Gap;
}
