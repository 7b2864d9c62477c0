using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;

namespace NetGen.CompilerServices;

/// <summary>Divides a product into tiles.</summary>
/// <remarks>Every element is one chain of additions over <c>inner</c>, in order, whatever the tile: its bits do not depend on the other rows and columns.</remarks>
internal static unsafe class Gemm
{
    /// <summary>The largest tile: as many sums as leave registers for a row of b and an element of a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MostRows<V>(int vectors)
    {
        if (typeof(V) == typeof(Vector512x1)) return vectors switch { 3 => 8, 2 => 12, _ => 14 };
        if (typeof(V) == typeof(Vector256x2)) return 6;
        return typeof(V) == typeof(Vector128x4) && AdvSimd.IsSupported ? 6 : 2;
    }

    /// <summary>The widest row of tiles, in vectors.</summary>
    public static int MostVectors<V>() => typeof(V) == typeof(Vector512x1) ? 3 : 1;

    /// <summary>Rows of a panel of a.</summary>
    public static int PanelRows<V>() => MostRows<V>(MostVectors<V>());

    /// <summary>The strips that <paramref name="columns"/> are divided into.</summary>
    public static Strips Divide<V>(int columns) => new((columns + 15) / 16, MostVectors<V>());

    /// <summary>All <paramref name="rows"/> and <paramref name="columns"/>. Leaves the operands as they are.</summary>
    /// <remarks>Small products are as fast as this is short. The operands are not even copied: wide loads of what narrow stores have just written would wait for them.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run<V, TEpilogue>(ref TileOperands o, int rows, int columns, TEpilogue epilogue)
        where V : struct, IVector16<V> where TEpilogue : struct, ITileEpilogue
    {
        if (rows == 0) return;
        Strips strips = Divide<V>(columns);
        float* a = o.A, b = o.B, c = o.C, sums = o.Start;
        nint bStep = o.BStep;
        int start = 0;
        for (int strip = 0; strip < strips.Count; strip++)
        {
            int vectors = strips.Vectors(strip);
            int left = columns - start;
            o.A = a;
            o.C = c + start;
            if (sums != null) o.Start = sums + start;
            o.Lanes = Math.Min(16, left - (vectors - 1) * 16);
            if (o.PackedB == null)
            {
                o.B = b + start;
                o.Whole = WholeRows(o.Inner, bStep, left, vectors * 16);
            }
            else
            {
                o.B = o.PackedB + (nint)start * o.Inner + strip * Strips.Gap;
                o.BStep = vectors * 16;
                o.Whole = o.Inner;
            }
            if (o.Lanes == 16)
            {
                if (vectors == 1) Strip<V, Row1<V, Whole>, TEpilogue>(ref o, rows, epilogue);
                else if (vectors == 2) Strip<V, Row2<V, Whole>, TEpilogue>(ref o, rows, epilogue);
                else Strip<V, Row3<V, Whole>, TEpilogue>(ref o, rows, epilogue);
            }
            else
            {
                if (vectors == 1) Strip<V, Row1<V, Cut>, TEpilogue>(ref o, rows, epilogue);
                else if (vectors == 2) Strip<V, Row2<V, Cut>, TEpilogue>(ref o, rows, epilogue);
                else Strip<V, Row3<V, Cut>, TEpilogue>(ref o, rows, epilogue);
            }
            start += vectors * 16;
            epilogue.Skip(vectors * 16);
        }
        o.A = a;
        o.B = b;
        o.C = c;
        o.Start = sums;
        o.BStep = bStep;
    }

    /// <summary>Of the rows of b, <paramref name="left"/> floats each to the end of the row, those from which <paramref name="width"/> floats can be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WholeRows(int inner, nint step, int left, int width) =>
        left >= width ? inner : Math.Max(inner - (width - left + (int)step - 1) / (int)step, 0);

    /// <summary>All <paramref name="rows"/> of a strip, in tiles that differ by one row at most.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Strip<V, R, TEpilogue>(ref TileOperands o, int rows, TEpilogue epilogue)
        where V : struct, IVector16<V> where R : struct, ITileRow<R, V> where TEpilogue : struct, ITileEpilogue
    {
        if (o.PackedA != null && rows >= PanelRows<V>())
        {
            int height = PanelRows<V>();
            int panels = rows / height;
            int done = panels * height;
            float* next = o.A + done * o.RowStep;
            nint rowStep = o.RowStep, innerStep = o.InnerStep;
            o.A = o.PackedA;
            o.RowStep = 1;
            o.InnerStep = height;
            o.TileStep = (nint)height * o.Inner;
            o.Tiles = panels;
            Tiles<V, R, TEpilogue>(ref o, height, epilogue);
            o.A = next;
            o.RowStep = rowStep;
            o.InnerStep = innerStep;
            rows -= done;
            if (rows == 0) return;
        }
        int most = MostRows<V>(R.Vectors);
        if (rows <= most)
        {
            o.Tiles = 1;
            Tiles<V, R, TEpilogue>(ref o, rows, epilogue);
            return;
        }
        int tiles = (rows + most - 1) / most;
        int low = rows / tiles;
        int higher = rows - low * tiles;
        if (higher > 0)
        {
            o.Tiles = higher;
            o.TileStep = (low + 1) * o.RowStep;
            Tiles<V, R, TEpilogue>(ref o, low + 1, epilogue);
        }
        o.Tiles = tiles - higher;
        o.TileStep = low * o.RowStep;
        Tiles<V, R, TEpilogue>(ref o, low, epilogue);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tiles<V, R, TEpilogue>(ref TileOperands o, int rows, TEpilogue epilogue)
        where V : struct, IVector16<V> where R : struct, ITileRow<R, V> where TEpilogue : struct, ITileEpilogue
    {
        switch (rows)
        {
            case 1: Tile<V, R, Rows1, TEpilogue>.Run(ref o, epilogue); break;
            case 2: Tile<V, R, Rows2, TEpilogue>.Run(ref o, epilogue); break;
            case 3: Tile<V, R, Rows3, TEpilogue>.Run(ref o, epilogue); break;
            case 4: Tile<V, R, Rows4, TEpilogue>.Run(ref o, epilogue); break;
            case 5: Tile<V, R, Rows5, TEpilogue>.Run(ref o, epilogue); break;
            case 6: Tile<V, R, Rows6, TEpilogue>.Run(ref o, epilogue); break;
            case 7: Tile<V, R, Rows7, TEpilogue>.Run(ref o, epilogue); break;
            case 8: Tile<V, R, Rows8, TEpilogue>.Run(ref o, epilogue); break;
            case 9: Tile<V, R, Rows9, TEpilogue>.Run(ref o, epilogue); break;
            case 10: Tile<V, R, Rows10, TEpilogue>.Run(ref o, epilogue); break;
            case 11: Tile<V, R, Rows11, TEpilogue>.Run(ref o, epilogue); break;
            case 12: Tile<V, R, Rows12, TEpilogue>.Run(ref o, epilogue); break;
            case 13: Tile<V, R, Rows13, TEpilogue>.Run(ref o, epilogue); break;
            case 14: Tile<V, R, Rows14, TEpilogue>.Run(ref o, epilogue); break;
        }
    }
}
