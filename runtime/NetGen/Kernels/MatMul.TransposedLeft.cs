using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

public static partial class MatMul
{
    // Samples in one chain of additions. Fixed, so that a gradient's bits do not depend on who computes it, and short, so that large batches lose no digits.
    private const int SamplesInChain = 256;

    // The height of the widest tile.
    private const int RowUnit = 8;

    // A block of the gradient is updated while it is in the second level of cache.
    private const int BlockFloats = 32 * 1024;

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
                if (inner <= SamplesInChain && _c.IsPlainDescent(out float rate, out float decay))
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
                    o.Inner = Math.Min(inner, SamplesInChain);
                    Add<V, Activated<Identity>>(ref o, count, default);
                    for (int done = o.Inner; done < inner; done += o.Inner)
                    {
                        o.A += (nint)o.Inner * rows;
                        o.B += (nint)o.Inner * columns;
                        o.Inner = Math.Min(inner - done, SamplesInChain);
                        Add<V, Accumulated>(ref o, count, default);
                    }
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
    }
}
