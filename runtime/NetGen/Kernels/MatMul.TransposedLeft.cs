using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

public static partial class MatMul
{
    // A gradient's bits must not depend on who computes it, so the shapes decide which samples are one chain of additions: up to so many are one, of more each chunk is.
    private const int MostInOneChain = 256;

    // Short, so that large batches lose no digits, and the first level of cache holds a packed strip of a chunk.
    private const int ChunkSamples = 128;

    // What so many rows read of a chunk stays in the first two levels of cache while all columns pass.
    private const int ChunkRows = 128;

    // The height of the widest tile.
    private const int RowUnit = 8;

    // A block of the gradient stays in the second level of cache while all chunks pass.
    private const int BlockFloats = 64 * 1024;

    internal readonly unsafe ref struct TransposedLeftKernel(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, ParameterGradient c, Part part, int rows, int inner, int columns) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _a = a;
        private readonly ReadOnlySpan<float> _b = b;
        private readonly ParameterGradient _c = c;
        private readonly Part _part = part;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            fixed (float* a = _a, b = _b, c = _c.Values, parameter = _c.Parameter)
            {
                // A sum of outer products: both operands are read row by row, sample by sample, and neither is transposed.
                var o = new TileOperands { RowStep = 1, InnerStep = rows, BStep = columns, CStep = columns };
                if (inner <= MostInOneChain && _c.IsPlainDescent(out float rate, out float decay))
                {
                    o.A = a + _part.Start;
                    o.B = b;
                    o.C = parameter + (nint)_part.Start * columns;
                    o.Inner = inner;
                    if (decay == 0) Add<V, Stepped<Descent>>(ref o, _part.Count, new(new(rate)));
                    else Add<V, Stepped<DecayedDescent>>(ref o, _part.Count, new(new(rate, decay)));
                    return;
                }
                int block = Math.Max(BlockFloats / Math.Max(columns, 1) / RowUnit, 1) * RowUnit;
                int end = _part.Start + _part.Count;
                for (int start = _part.Start; start < end; start += block)
                {
                    int count = Math.Min(block, end - start);
                    o.A = a + start;
                    o.B = b;
                    o.C = c + (nint)start * columns;
                    o.Inner = inner;
                    if (inner <= MostInOneChain) Add<V, Activated<Identity>>(ref o, count, default);
                    else AddChunks<V>(ref o, count);
                    _c.Update(start * columns, count * columns);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Add<V, TEpilogue>(ref TileOperands o, int count, TEpilogue epilogue) where V : struct, IVector16<V> where TEpilogue : struct, ITileEpilogue
        {
            if (PackedGemm.Pays<V>(count, o.Inner, columns)) PackedGemm.Run<V, TEpilogue>(in o, count, columns, epilogue);
            else Gemm.Run<V, TEpilogue>(ref o, count, columns, epilogue);
        }

        /// <summary>Chunk by chunk of samples; of each some rows and all columns after the other, while the next chunk of both operands is fetched.</summary>
        private void AddChunks<V>(ref TileOperands o, int count) where V : struct, IVector16<V>
        {
            float* a = o.A, b = o.B, c = o.C;
            int tiles = (count + Gemm.PanelRows<V>() - 1) / Gemm.PanelRows<V>() * Gemm.Divide<V>(columns).Count;
            for (int done = 0; done < inner; done += ChunkSamples)
            {
                int depth = o.Inner = Math.Min(inner - done, ChunkSamples);
                int next = Math.Min(inner - done - depth, ChunkSamples);
                o.AheadOfA = new(a + (nint)depth * rows, next * rows, tiles, depth);
                o.AheadOfB = new(b + (nint)depth * columns, next * columns, tiles, depth);
                for (int r = 0; r < count; r += ChunkRows)
                {
                    int height = Math.Min(count - r, ChunkRows);
                    o.A = a + r;
                    o.B = b;
                    o.C = c + (nint)r * columns;
                    if (done == 0) Gemm.Run<V, Activated<Identity>>(ref o, height, columns, default);
                    else Gemm.Run<V, Accumulated>(ref o, height, columns, default);
                }
                a += (nint)depth * rows;
                b += (nint)depth * columns;
            }
        }
    }
}
