using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

public static partial class MatMul
{
    // Deeper sums go in chunks, each of which continues the chains in c: a strip of b three vectors wide then stays in the first two levels of cache.
    private const int MostDepth = 1024;
    private const int ChunkDepth = 512;

    // Fewer rows are not worth a copy of b: operands that lie in cache, as those of 256 and 512 rows often do, lose 2% by it.
    private const int RowsWorthPacking = 1024;

    internal readonly unsafe ref struct ProductKernel<TActivation>(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> bias, Span<float> c, int rows, int inner, int columns, TActivation activation)
        : ISimdKernel where TActivation : struct, IActivation
    {
        private readonly ReadOnlySpan<float> _a = a;
        private readonly ReadOnlySpan<float> _b = b;
        private readonly ReadOnlySpan<float> _bias = bias;
        private readonly Span<float> _c = c;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            if (TActivation.IsSimple)
            {
                Multiply<V, TActivation>(activation);
                return;
            }
            Multiply<V, Identity>(default);
            new UnaryMap<Elementwise.Forward<TActivation>>(_c, _c, new(activation)).Run<V>();
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Multiply<V, TSimple>(TSimple simple) where V : struct, IVector16<V> where TSimple : struct, IActivation
        {
            fixed (float* a = _a, b = _b, bias = _bias, c = _c)
            {
                if (rows == 1) OneRow<V, TSimple>(a, b, bias, c, inner, columns, simple);
                else Rows<V, Activated<TSimple>>(a, b, bias, c, rows, inner, columns, new(simple));
            }
        }
    }

    /// <summary>Several rows of c, by tiles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Rows<V, TEpilogue>(float* a, float* b, float* start, float* c, int rows, int inner, int columns, TEpilogue epilogue)
        where V : struct, IVector16<V> where TEpilogue : struct, ITileEpilogue
    {
        var o = new TileOperands
        {
            A = a,
            RowStep = inner,
            InnerStep = 1,
            B = b,
            BStep = columns,
            C = c,
            CStep = columns,
            Start = start,
            Inner = inner,
        };
        if (PackedGemm.Pays<V>(rows, inner, columns))
        {
            PackedGemm.Run<V, TEpilogue>(in o, rows, columns, epilogue);
            return;
        }
        if (HasChains(inner, columns))
        {
            RowsInChains<V, TEpilogue>(ref o, rows, columns, epilogue);
            return;
        }
        if (rows >= RowsWorthPacking && PackedOperand<V>.Fits(inner, columns))
        {
            fixed (float* memory = Scratch.OfThread(PackedOperand<V>.Length(inner, columns)))
            {
                var packed = new PackedOperand<V>(memory, inner, columns);
                packed.Fill(b);
                packed.Multiply(o, rows, epilogue);
            }
            return;
        }
        while (o.Inner > MostDepth)
        {
            int left = o.Inner - ChunkDepth;
            o.Inner = ChunkDepth;
            Gemm.Run<V, Activated<Identity>>(ref o, rows, columns, default);
            o.A += ChunkDepth;
            o.B += (nint)ChunkDepth * columns;
            o.Start = c;
            o.StartStep = columns;
            o.Inner = left;
        }
        Gemm.Run<V, TEpilogue>(ref o, rows, columns, epilogue);
    }
}
