using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

public static partial class MatMul
{
    private const int FewRows = 4;
    private const int StripColumns = 112;

    internal readonly unsafe ref struct TransposedRightKernel<TActivation>(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int rows, int inner, int columns, ReadOnlySpan<float> saved, TActivation activation)
        : ISimdKernel where TActivation : struct, IActivation
    {
        private readonly ReadOnlySpan<float> _a = a;
        private readonly ReadOnlySpan<float> _b = b;
        private readonly Span<float> _c = c;
        private readonly ReadOnlySpan<float> _saved = saved;

        // Of many rows b is transposed. Of fewer, a: a few vectors of its rows become a transposed panel; only a few rows in all are dot products, which add in
        // another order. A rest of a few rows is a panel too: a row's bits must not depend on how many rows a worker has.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            fixed (float* a = _a, b = _b, c = _c, saved = _saved)
            {
                if ((long)rows * (inner + columns) > (long)inner * columns && rows >= FewRows && PackedOperand<V>.Fits(inner, columns))
                {
                    WithTransposedCopy<V, TActivation>(a, b, c, saved, rows, inner, columns, activation);
                    return;
                }
                int r = 0;
                while (r < rows && rows >= FewRows)
                {
                    int vectors = (rows - r + 15) / 16;
                    int panels = (vectors + Gemm.MostVectors<V>() - 1) / Gemm.MostVectors<V>();
                    int width = (vectors + panels - 1) / panels * 16;
                    int height = Math.Min(width, rows - r);
                    Panel<V, TActivation>(a + (nint)r * inner, b, c + (nint)r * columns, saved + (nint)r * columns, height, width, inner, columns, activation);
                    r += height;
                }
                for (; r < rows; r++)
                {
                    Dots<V>(ref a[(nint)r * inner], ref *b, ref c[(nint)r * columns], inner, columns);
                    Derive<V, TActivation>(saved + (nint)r * columns, c + (nint)r * columns, columns, 1, columns, activation);
                }
            }
        }
    }

    /// <summary>c = a b^T with a transposed copy of b. What f needs is read while a block of c is in cache.</summary>
    private static unsafe void WithTransposedCopy<V, TActivation>(float* a, float* b, float* c, float* saved, int rows, int inner, int columns, TActivation activation)
        where V : struct, IVector16<V> where TActivation : struct, IActivation
    {
        fixed (float* memory = Scratch.OfThread(PackedOperand<V>.Length(inner, columns)))
        {
            var transposed = new PackedOperand<V>(memory, inner, columns);
            transposed.FillTransposed(b);
            var o = new TileOperands { A = a, RowStep = inner, C = c, CStep = columns };
            while (rows > 0)
            {
                float* block = o.C;
                int count = transposed.MultiplyBlock<Activated<Identity>>(ref o, rows, default);
                Derive<V, TActivation>(saved + (block - c), block, columns, count, columns, activation);
                rows -= count;
            }
        }
    }

    /// <summary>c = a b^T as (b a^T)^T: b, the large operand, is read in place, a^T is a panel of whole vectors, and tiles of the result are transposed into c.</summary>
    [SkipLocalsInit]
    private static unsafe void Panel<V, TActivation>(
        float* a, float* b, float* c, float* saved, int rows, int width, int inner, int columns, TActivation activation)
        where V : struct, IVector16<V> where TActivation : struct, IActivation
    {
        float* product = stackalloc float[StripColumns * 48];
        Span<float> memory = Scratch.OfThread(inner * width);
        // Lanes without a row are computed and dropped, but what they hold must be numbers: denormals and NaN can be slow.
        if (rows < width) memory.Clear();
        fixed (float* panel = memory)
        {
            Transpose.Copy(a, inner, panel, width, rows, inner);
            for (int j = 0; j < columns; j += StripColumns)
            {
                int count = Math.Min(StripColumns, columns - j);
                var o = new TileOperands
                {
                    A = b + (nint)j * inner,
                    RowStep = inner,
                    InnerStep = 1,
                    PackedB = panel,
                    C = product,
                    CStep = width,
                    Inner = inner,
                };
                Gemm.Run<V, Activated<Identity>>(ref o, count, width, default);
                Transpose.Copy(product, width, c + j, columns, count, rows);
                Derive<V, TActivation>(saved + j, c + j, columns, rows, count, activation);
            }
        }
    }

    /// <summary><c>c = f'(saved) c</c> for a block of c that has just been written, so that it is still in the first level of cache.</summary>
    [MethodImpl(Hot)]
    private static unsafe void Derive<V, TActivation>(float* saved, float* c, nint step, int rows, int columns, TActivation activation)
        where V : struct, IVector16<V> where TActivation : struct, IActivation
    {
        if (typeof(TActivation) == typeof(Identity)) return;
        for (; rows > 0; rows--)
        {
            int j = 0;
            for (; j <= columns - 16; j += 16) V.Store(activation.Gradient(V.Load(in saved[j]), V.Load(in c[j])), ref c[j]);
            int rest = columns - j;
            if (rest > 0) V.StorePartial(activation.Gradient(V.LoadPartial(in saved[j], rest), V.LoadPartial(in c[j], rest)), ref c[j], rest);
            saved += step;
            c += step;
        }
    }

    /// <summary>One row of c as dot products of a with the rows of b, four at a time.</summary>
    [MethodImpl(Hot)]
    private static void Dots<V>(ref float a, ref float b, ref float c, int inner, int columns) where V : struct, IVector16<V>
    {
        int rest = inner % 16;
        int j = 0;
        for (; j <= columns - 4; j += 4)
        {
            ref float b0 = ref Unsafe.Add(ref b, j * inner);
            ref float b1 = ref Unsafe.Add(ref b0, inner);
            ref float b2 = ref Unsafe.Add(ref b1, inner);
            ref float b3 = ref Unsafe.Add(ref b2, inner);
            V s0 = V.Broadcast(0), s1 = s0, s2 = s0, s3 = s0;
            int k = 0;
            for (; k <= inner - 16; k += 16)
            {
                V x = V.Load(ref Unsafe.Add(ref a, k));
                s0 = V.MultiplyAdd(x, V.Load(ref Unsafe.Add(ref b0, k)), s0);
                s1 = V.MultiplyAdd(x, V.Load(ref Unsafe.Add(ref b1, k)), s1);
                s2 = V.MultiplyAdd(x, V.Load(ref Unsafe.Add(ref b2, k)), s2);
                s3 = V.MultiplyAdd(x, V.Load(ref Unsafe.Add(ref b3, k)), s3);
            }
            if (rest > 0)
            {
                V x = V.LoadPartial(ref Unsafe.Add(ref a, k), rest);
                s0 = V.MultiplyAdd(x, V.LoadPartial(ref Unsafe.Add(ref b0, k), rest), s0);
                s1 = V.MultiplyAdd(x, V.LoadPartial(ref Unsafe.Add(ref b1, k), rest), s1);
                s2 = V.MultiplyAdd(x, V.LoadPartial(ref Unsafe.Add(ref b2, k), rest), s2);
                s3 = V.MultiplyAdd(x, V.LoadPartial(ref Unsafe.Add(ref b3, k), rest), s3);
            }
            ref float y = ref Unsafe.Add(ref c, j);
            y = V.SumLanes(s0);
            Unsafe.Add(ref y, 1) = V.SumLanes(s1);
            Unsafe.Add(ref y, 2) = V.SumLanes(s2);
            Unsafe.Add(ref y, 3) = V.SumLanes(s3);
        }
        for (; j < columns; j++)
        {
            ref float row = ref Unsafe.Add(ref b, j * inner);
            V sum = V.Broadcast(0);
            int k = 0;
            for (; k <= inner - 16; k += 16) sum = V.MultiplyAdd(V.Load(ref Unsafe.Add(ref a, k)), V.Load(ref Unsafe.Add(ref row, k)), sum);
            if (rest > 0) sum = V.MultiplyAdd(V.LoadPartial(ref Unsafe.Add(ref a, k), rest), V.LoadPartial(ref Unsafe.Add(ref row, k), rest), sum);
            Unsafe.Add(ref c, j) = V.SumLanes(sum);
        }
    }
}
