namespace NetGen.CompilerServices;

public static partial class MatMul
{
    // Samples in one chain of additions. Fixed, so that a gradient's bits do not depend on who computes it, and short, so that large batches lose no digits.
    private const int SamplesInChain = 256;

    internal readonly unsafe ref struct TransposedLeftKernel(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int rows, int inner, int columns) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _a = a;
        private readonly ReadOnlySpan<float> _b = b;
        private readonly Span<float> _c = c;

        public void Run<V>() where V : struct, IVector16<V>
        {
            fixed (float* a = _a, b = _b, c = _c)
            {
                // A sum of outer products: both operands are read row by row, sample by sample, and neither is transposed.
                var o = new TileOperands { A = a, RowStep = 1, InnerStep = rows, B = b, BStep = columns, C = c, CStep = columns };
                o.Inner = Math.Min(inner, SamplesInChain);
                Add<V, Activated<Identity>>(o);
                for (int done = o.Inner; done < inner; done += o.Inner)
                {
                    o.A += (nint)o.Inner * rows;
                    o.B += (nint)o.Inner * columns;
                    o.Inner = Math.Min(inner - done, SamplesInChain);
                    Add<V, Accumulated>(o);
                }
            }
        }

        private void Add<V, TEpilogue>(TileOperands o) where V : struct, IVector16<V> where TEpilogue : struct, ITileEpilogue
        {
            if (PackedGemm.Pays<V>(rows, o.Inner, columns)) PackedGemm.Run<V, TEpilogue>(o, rows, columns, default);
            else Gemm.Run<V, TEpilogue>(o, rows, columns, default);
        }
    }
}
