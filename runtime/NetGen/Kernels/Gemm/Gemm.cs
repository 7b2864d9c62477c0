using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;

namespace NetGen.CompilerServices;

/// <summary>Divides a product into tiles.</summary>
/// <remarks>Every element is one chain of additions over <c>inner</c>, in order, whatever the tile: its bits do not depend on the other rows and columns.</remarks>
internal static unsafe class Gemm
{
    /// <summary>The largest tile: as many sums as leave registers for a row of b and an element of a.</summary>
    private static int MostRows<V>(int vectors)
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

    /// <summary>All <paramref name="rows"/> and <paramref name="columns"/>.</summary>
    public static void Run<V, TEpilogue>(TileOperands o, int rows, int columns, TEpilogue epilogue)
        where V : struct, IVector16<V> where TEpilogue : struct, ITileEpilogue
    {
        if (rows == 0) return;
        Strips strips = Divide<V>(columns);
        int start = 0;
        for (int strip = 0; strip < strips.Count; strip++)
        {
            int vectors = strips.Vectors(strip);
            int left = columns - start * 16;
            TileOperands s = o;
            s.C += start * 16;
            if (s.Start != null) s.Start += start * 16;
            s.Lanes = Math.Min(16, left - (vectors - 1) * 16);
            if (o.PackedB == null)
            {
                s.B += start * 16;
                s.Whole = WholeRows(o.Inner, o.BStep, left, vectors * 16);
            }
            else
            {
                s.B = o.PackedB + (nint)start * 16 * o.Inner + strip * Strips.Gap;
                s.BStep = vectors * 16;
                s.Whole = o.Inner;
            }
            if (s.Lanes == 16)
            {
                if (vectors == 1) Strip<V, Row1<V, Whole>, TEpilogue>(s, rows, epilogue);
                else if (vectors == 2) Strip<V, Row2<V, Whole>, TEpilogue>(s, rows, epilogue);
                else Strip<V, Row3<V, Whole>, TEpilogue>(s, rows, epilogue);
            }
            else
            {
                if (vectors == 1) Strip<V, Row1<V, Cut>, TEpilogue>(s, rows, epilogue);
                else if (vectors == 2) Strip<V, Row2<V, Cut>, TEpilogue>(s, rows, epilogue);
                else Strip<V, Row3<V, Cut>, TEpilogue>(s, rows, epilogue);
            }
            start += vectors;
        }
    }

    /// <summary>Of the rows of b, <paramref name="left"/> floats each to the end of the row, those from which <paramref name="width"/> floats can be read.</summary>
    public static int WholeRows(int inner, nint step, int left, int width)
    {
        long spare = (inner - 1) * (long)step + left - width;
        return spare < 0 ? 0 : (int)Math.Min(inner, spare / step + 1);
    }

    /// <summary>All <paramref name="rows"/> of a strip, in tiles that differ by one row at most.</summary>
    private static void Strip<V, R, TEpilogue>(TileOperands o, int rows, TEpilogue epilogue)
        where V : struct, IVector16<V> where R : struct, ITileRow<R, V> where TEpilogue : struct, ITileEpilogue
    {
        if (o.PackedA != null && rows >= PanelRows<V>())
        {
            int height = PanelRows<V>();
            TileOperands p = o;
            p.A = o.PackedA;
            p.RowStep = 1;
            p.InnerStep = height;
            p.TileStep = (nint)height * o.Inner;
            p.Tiles = rows / height;
            Tiles<V, R, TEpilogue>(in p, height, epilogue);
            int done = p.Tiles * height;
            Advance(ref o, done);
            rows -= done;
            if (rows == 0) return;
        }
        int most = MostRows<V>(R.Vectors);
        int tiles = (rows + most - 1) / most;
        int low = rows / tiles;
        int higher = rows % tiles;
        if (higher > 0)
        {
            o.Tiles = higher;
            o.TileStep = (low + 1) * o.RowStep;
            Tiles<V, R, TEpilogue>(in o, low + 1, epilogue);
            Advance(ref o, higher * (low + 1));
        }
        o.Tiles = tiles - higher;
        o.TileStep = low * o.RowStep;
        Tiles<V, R, TEpilogue>(in o, low, epilogue);
    }

    private static void Advance(ref TileOperands o, int rows)
    {
        o.A += rows * o.RowStep;
        o.C += rows * o.CStep;
        if (o.Start != null) o.Start += rows * o.StartStep;
    }

    private static void Tiles<V, R, TEpilogue>(in TileOperands o, int rows, TEpilogue epilogue)
        where V : struct, IVector16<V> where R : struct, ITileRow<R, V> where TEpilogue : struct, ITileEpilogue
    {
        switch (rows)
        {
            case 1: Tile<V, R, Rows1, TEpilogue>.Run(in o, epilogue); break;
            case 2: Tile<V, R, Rows2, TEpilogue>.Run(in o, epilogue); break;
            case 3: Tile<V, R, Rows3, TEpilogue>.Run(in o, epilogue); break;
            case 4: Tile<V, R, Rows4, TEpilogue>.Run(in o, epilogue); break;
            case 5: Tile<V, R, Rows5, TEpilogue>.Run(in o, epilogue); break;
            case 6: Tile<V, R, Rows6, TEpilogue>.Run(in o, epilogue); break;
            case 7: Tile<V, R, Rows7, TEpilogue>.Run(in o, epilogue); break;
            case 8: Tile<V, R, Rows8, TEpilogue>.Run(in o, epilogue); break;
            case 9: Tile<V, R, Rows9, TEpilogue>.Run(in o, epilogue); break;
            case 10: Tile<V, R, Rows10, TEpilogue>.Run(in o, epilogue); break;
            case 11: Tile<V, R, Rows11, TEpilogue>.Run(in o, epilogue); break;
            case 12: Tile<V, R, Rows12, TEpilogue>.Run(in o, epilogue); break;
            case 13: Tile<V, R, Rows13, TEpilogue>.Run(in o, epilogue); break;
            case 14: Tile<V, R, Rows14, TEpilogue>.Run(in o, epilogue); break;
        }
    }
}
