using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

public static partial class MatMul
{
    private const int FewRows = 4;
    private const int PackedInner = 256;
    private const int PackedColumns = 48;

    /// <summary>c = a b^T for up to 16 rows. With a^T packed, sixteen rows a vector, b a^T is a plain product; its tiles are transposed into c.</summary>
    [SkipLocalsInit]
    private static void SixteenRows<V>(ref float a, ref float b, ref float c, int rows, int inner, int columns) where V : struct, IVector16<V>
    {
        Span<float> packed = stackalloc float[PackedInner * 16];
        Span<float> product = stackalloc float[PackedColumns * 16];
        for (int k = 0; k < inner; k += PackedInner)
        {
            int depth = Math.Min(PackedInner, inner - k);
            Pack(ref Unsafe.Add(ref a, k), packed, rows, inner, depth);
            for (int j = 0; j < columns; j += PackedColumns)
            {
                int width = Math.Min(PackedColumns, columns - j);
                Block<V>(
                    ref Unsafe.Add(ref b, j * inner + k), inner, 1, ref MemoryMarshal.GetReference(packed), ref Unsafe.NullRef<float>(),
                    ref MemoryMarshal.GetReference(product), width, depth, 16);
                Unpack(product, ref Unsafe.Add(ref c, j), rows, width, columns, add: k > 0);
            }
        }
    }

    [MethodImpl(Hot)]
    private static void Pack(ref float a, Span<float> packed, int rows, int inner, int depth)
    {
        ref float p = ref MemoryMarshal.GetReference(packed);
        // Lanes without a row are computed and dropped, but what they hold must be numbers: denormals and NaN can be slow.
        if (rows < 16) packed[..(depth * 16)].Clear();
        for (int i = 0; i < rows; i++)
        {
            ref float row = ref Unsafe.Add(ref a, i * inner);
            for (int k = 0; k < depth; k++) Unsafe.Add(ref p, k * 16 + i) = Unsafe.Add(ref row, k);
        }
    }

    [MethodImpl(Hot)]
    private static void Unpack(Span<float> product, ref float c, int rows, int width, int columns, bool add)
    {
        ref float p = ref MemoryMarshal.GetReference(product);
        for (int i = 0; i < rows; i++)
        {
            ref float row = ref Unsafe.Add(ref c, i * columns);
            for (int j = 0; j < width; j++)
            {
                float value = Unsafe.Add(ref p, j * 16 + i);
                Unsafe.Add(ref row, j) = add ? Unsafe.Add(ref row, j) + value : value;
            }
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
