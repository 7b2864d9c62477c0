using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

public static partial class MatMul
{
    private const MethodImplOptions Hot = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>c = a b + bias by tiles: six rows by two vectors or one, then single rows by four vectors.</summary>
    private static void Block<V>(
        ref float a, nint rowStep, nint innerStep, ref float b, ref float bias, ref float c, int rows, int inner, int columns)
        where V : struct, IVector16<V>
    {
        // Twelve sums of 16 lanes stay in registers only where one register holds 16 lanes.
        int wide = typeof(V) == typeof(Vector512x1) ? columns - columns % 32 : 0;
        int r = 0;
        for (; r <= rows - 6; r += 6)
        {
            ref float x = ref Unsafe.Add(ref a, r * rowStep);
            ref float y = ref Unsafe.Add(ref c, r * columns);
            if (wide > 0) SixRowsByTwo<V>(ref x, rowStep, innerStep, ref b, ref bias, ref y, inner, columns, wide);
            if (wide < columns) SixRows<V>(ref x, rowStep, innerStep, ref b, ref bias, ref y, inner, columns, wide);
        }
        for (; r < rows; r++) OneRow<V>(ref Unsafe.Add(ref a, r * rowStep), innerStep, ref b, ref bias, ref Unsafe.Add(ref c, r * columns), inner, columns);
    }

    /// <summary>Columns 0 to <paramref name="end"/>, a multiple of 32.</summary>
    [MethodImpl(Hot)]
    private static void SixRowsByTwo<V>(
        ref float a, nint rowStep, nint innerStep, ref float b, ref float bias, ref float c, int inner, int columns, int end)
        where V : struct, IVector16<V>
    {
        for (int j = 0; j < end; j += 32)
        {
            V c0 = Initial<V>(ref bias, j, 16), c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0;
            V d0 = Initial<V>(ref bias, j + 16, 16), d1 = d0, d2 = d0, d3 = d0, d4 = d0, d5 = d0;
            ref float x = ref a;
            ref float w = ref Unsafe.Add(ref b, j);
            for (int k = 0; k < inner; k++)
            {
                V v = V.Load(ref w), u = V.Load(ref Unsafe.Add(ref w, 16));
                V s = V.Broadcast(x);
                c0 = V.MultiplyAdd(s, v, c0);
                d0 = V.MultiplyAdd(s, u, d0);
                s = V.Broadcast(Unsafe.Add(ref x, rowStep));
                c1 = V.MultiplyAdd(s, v, c1);
                d1 = V.MultiplyAdd(s, u, d1);
                s = V.Broadcast(Unsafe.Add(ref x, rowStep * 2));
                c2 = V.MultiplyAdd(s, v, c2);
                d2 = V.MultiplyAdd(s, u, d2);
                s = V.Broadcast(Unsafe.Add(ref x, rowStep * 3));
                c3 = V.MultiplyAdd(s, v, c3);
                d3 = V.MultiplyAdd(s, u, d3);
                s = V.Broadcast(Unsafe.Add(ref x, rowStep * 4));
                c4 = V.MultiplyAdd(s, v, c4);
                d4 = V.MultiplyAdd(s, u, d4);
                s = V.Broadcast(Unsafe.Add(ref x, rowStep * 5));
                c5 = V.MultiplyAdd(s, v, c5);
                d5 = V.MultiplyAdd(s, u, d5);
                x = ref Unsafe.Add(ref x, innerStep);
                w = ref Unsafe.Add(ref w, columns);
            }
            StoreTwo(c0, d0, ref Unsafe.Add(ref c, j));
            StoreTwo(c1, d1, ref Unsafe.Add(ref c, columns + j));
            StoreTwo(c2, d2, ref Unsafe.Add(ref c, columns * 2 + j));
            StoreTwo(c3, d3, ref Unsafe.Add(ref c, columns * 3 + j));
            StoreTwo(c4, d4, ref Unsafe.Add(ref c, columns * 4 + j));
            StoreTwo(c5, d5, ref Unsafe.Add(ref c, columns * 5 + j));
        }
    }

    /// <summary>Columns from <paramref name="start"/> on.</summary>
    [MethodImpl(Hot)]
    private static void SixRows<V>(
        ref float a, nint rowStep, nint innerStep, ref float b, ref float bias, ref float c, int inner, int columns, int start)
        where V : struct, IVector16<V>
    {
        for (int j = start; j < columns; j += 16)
        {
            int width = Math.Min(16, columns - j);
            int whole = WholeLoads(j, inner, columns);
            V c0 = Initial<V>(ref bias, j, width), c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0;
            ref float x = ref a;
            ref float w = ref Unsafe.Add(ref b, j);
            for (int k = 0; k < inner; k++)
            {
                V v = k < whole ? V.Load(ref w) : V.LoadPartial(ref w, width);
                c0 = V.MultiplyAdd(V.Broadcast(x), v, c0);
                c1 = V.MultiplyAdd(V.Broadcast(Unsafe.Add(ref x, rowStep)), v, c1);
                c2 = V.MultiplyAdd(V.Broadcast(Unsafe.Add(ref x, rowStep * 2)), v, c2);
                c3 = V.MultiplyAdd(V.Broadcast(Unsafe.Add(ref x, rowStep * 3)), v, c3);
                c4 = V.MultiplyAdd(V.Broadcast(Unsafe.Add(ref x, rowStep * 4)), v, c4);
                c5 = V.MultiplyAdd(V.Broadcast(Unsafe.Add(ref x, rowStep * 5)), v, c5);
                x = ref Unsafe.Add(ref x, innerStep);
                w = ref Unsafe.Add(ref w, columns);
            }
            ref float y = ref Unsafe.Add(ref c, j);
            Finish(c0, ref y, width);
            Finish(c1, ref Unsafe.Add(ref y, columns), width);
            Finish(c2, ref Unsafe.Add(ref y, columns * 2), width);
            Finish(c3, ref Unsafe.Add(ref y, columns * 3), width);
            Finish(c4, ref Unsafe.Add(ref y, columns * 4), width);
            Finish(c5, ref Unsafe.Add(ref y, columns * 5), width);
        }
    }

    [MethodImpl(Hot)]
    private static void OneRow<V>(ref float a, nint innerStep, ref float b, ref float bias, ref float c, int inner, int columns)
        where V : struct, IVector16<V>
    {
        int j = 0;
        for (; j <= columns - 64; j += 64)
        {
            V c0 = Initial<V>(ref bias, j, 16), c1 = Initial<V>(ref bias, j + 16, 16);
            V c2 = Initial<V>(ref bias, j + 32, 16), c3 = Initial<V>(ref bias, j + 48, 16);
            ref float x = ref a;
            ref float w = ref Unsafe.Add(ref b, j);
            for (int k = 0; k < inner; k++)
            {
                V v = V.Broadcast(x);
                c0 = V.MultiplyAdd(v, V.Load(ref w), c0);
                c1 = V.MultiplyAdd(v, V.Load(ref Unsafe.Add(ref w, 16)), c1);
                c2 = V.MultiplyAdd(v, V.Load(ref Unsafe.Add(ref w, 32)), c2);
                c3 = V.MultiplyAdd(v, V.Load(ref Unsafe.Add(ref w, 48)), c3);
                x = ref Unsafe.Add(ref x, innerStep);
                w = ref Unsafe.Add(ref w, columns);
            }
            ref float y = ref Unsafe.Add(ref c, j);
            V.Store(c0, ref y);
            V.Store(c1, ref Unsafe.Add(ref y, 16));
            V.Store(c2, ref Unsafe.Add(ref y, 32));
            V.Store(c3, ref Unsafe.Add(ref y, 48));
        }
        for (; j < columns; j += 16)
        {
            int width = Math.Min(16, columns - j);
            int whole = WholeLoads(j, inner, columns);
            V sum = Initial<V>(ref bias, j, width);
            ref float x = ref a;
            ref float w = ref Unsafe.Add(ref b, j);
            for (int k = 0; k < inner; k++)
            {
                sum = V.MultiplyAdd(V.Broadcast(x), k < whole ? V.Load(ref w) : V.LoadPartial(ref w, width), sum);
                x = ref Unsafe.Add(ref x, innerStep);
                w = ref Unsafe.Add(ref w, columns);
            }
            Finish(sum, ref Unsafe.Add(ref c, j), width);
        }
    }

    /// <summary>
    /// How many rows of b can be read from column j on as whole vectors. Lanes beyond the last column then hold the next row, which costs nothing and is
    /// not stored; only the end of b needs partial loads.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WholeLoads(int j, int inner, int columns)
    {
        int spare = inner * columns - j - 16;
        return spare < 0 ? 0 : spare / columns + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Initial<V>(ref float bias, int j, int width) where V : struct, IVector16<V>
    {
        if (Unsafe.IsNullRef(ref bias)) return V.Broadcast(0);
        return width == 16 ? V.Load(ref Unsafe.Add(ref bias, j)) : V.LoadPartial(ref Unsafe.Add(ref bias, j), width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTwo<V>(V first, V second, ref float c) where V : struct, IVector16<V>
    {
        V.Store(first, ref c);
        V.Store(second, ref Unsafe.Add(ref c, 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<V>(V sum, ref float c, int width) where V : struct, IVector16<V>
    {
        if (width == 16) V.Store(sum, ref c);
        else V.StorePartial(sum, ref c, width);
    }
}
