using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;

namespace NetGen.CompilerServices;

/// <summary>The operands of <c>c = f(start + a b)</c> for some tiles of c.</summary>
internal unsafe struct TileOperands
{
    /// <summary>Element (r, k) lies at <c>r * RowStep + k * InnerStep</c>: a may be transposed.</summary>
    public float* A;

    /// <summary>Element (k, j) lies at <c>k * BStep + j</c>.</summary>
    public float* B;

    /// <summary>Element (r, j) lies at <c>r * CStep + j</c>.</summary>
    public float* C;

    /// <summary>What the sums start from, rows at a distance of <see cref="StartStep"/>: a bias (0), or c itself to continue a sum; null is zero.</summary>
    public float* Start;

    public nint RowStep, InnerStep, BStep, CStep, StartStep;

    /// <summary>Number of products in a sum.</summary>
    public int Inner;

    /// <summary>Number of tiles, one below the other.</summary>
    public int Tiles;

    /// <summary>Lanes of the last vector of a row, 1 to 16.</summary>
    public int Lanes;

    /// <summary>How many rows of b may be read as whole vectors: what lies beyond the last column is then the next row, which costs nothing.</summary>
    public int Whole;
}

/// <summary>Divides a product into tiles.</summary>
/// <remarks>Every element is one chain of additions over <c>inner</c>, in order, whatever the tile: its bits do not depend on the other rows and columns.</remarks>
internal static unsafe class Gemm
{
    /// <summary>The largest tile: as many sums as leave registers for a row of b and an element of a.</summary>
    private static int MostRows<V>(int vectors)
    {
        if (typeof(V) == typeof(Vector512x1)) return vectors == 3 ? 8 : 14;
        if (typeof(V) == typeof(Vector256x2)) return 6;
        return typeof(V) == typeof(Vector128x4) && AdvSimd.IsSupported ? 6 : 2;
    }

    /// <summary>The widest row of tiles, in vectors.</summary>
    public static int MostVectors<V>() => typeof(V) == typeof(Vector512x1) ? 3 : 1;

    /// <summary>All <paramref name="columns"/>, in strips of about equal width; <paramref name="padded"/> says that rows of b go on to whole vectors.</summary>
    public static void Run<V, TEpilogue>(TileOperands o, int rows, int columns, bool padded, TEpilogue epilogue)
        where V : struct, IVector16<V> where TEpilogue : struct, ITileEpilogue
    {
        if (rows == 0 || columns == 0) return;
        int vectors = (columns + 15) / 16;
        int strips = (vectors + MostVectors<V>() - 1) / MostVectors<V>();
        int done = 0;
        for (int strip = 1; strip <= strips; strip++)
        {
            int end = vectors * strip / strips;
            int width = end - done;
            int left = columns - done * 16;
            o.Lanes = Math.Min(16, left - (width - 1) * 16);
            o.Whole = padded ? o.Inner : WholeRows(o.Inner, (int)o.BStep, left, width * 16);
            if (o.Lanes == 16)
            {
                if (width == 1) Strip<V, Row1<V, Whole>, TEpilogue>(o, rows, epilogue);
                else if (width == 2) Strip<V, Row2<V, Whole>, TEpilogue>(o, rows, epilogue);
                else Strip<V, Row3<V, Whole>, TEpilogue>(o, rows, epilogue);
            }
            else
            {
                if (width == 1) Strip<V, Row1<V, Cut>, TEpilogue>(o, rows, epilogue);
                else if (width == 2) Strip<V, Row2<V, Cut>, TEpilogue>(o, rows, epilogue);
                else Strip<V, Row3<V, Cut>, TEpilogue>(o, rows, epilogue);
            }
            o.B += width * 16;
            o.C += width * 16;
            if (o.Start != null) o.Start += width * 16;
            done = end;
        }
    }

    /// <summary>Of the rows of b, <paramref name="left"/> floats each to the end of the row, those from which <paramref name="width"/> floats can be read.</summary>
    private static int WholeRows(int inner, int step, int left, int width)
    {
        long spare = (long)(inner - 1) * step + left - width;
        return spare < 0 ? 0 : (int)Math.Min(inner, spare / step + 1);
    }

    /// <summary>All <paramref name="rows"/> of a strip, in tiles that differ by one row at most.</summary>
    private static void Strip<V, R, TEpilogue>(TileOperands o, int rows, TEpilogue epilogue)
        where V : struct, IVector16<V> where R : struct, ITileRow<R, V> where TEpilogue : struct, ITileEpilogue
    {
        int most = MostRows<V>(R.Vectors);
        int tiles = (rows + most - 1) / most;
        int height = rows / tiles;
        int higher = rows % tiles;
        if (higher > 0)
        {
            o.Tiles = higher;
            Tiles<V, R, TEpilogue>(in o, height + 1, epilogue);
            int done = higher * (height + 1);
            o.A += done * o.RowStep;
            o.C += done * o.CStep;
            if (o.Start != null) o.Start += done * o.StartStep;
        }
        o.Tiles = tiles - higher;
        Tiles<V, R, TEpilogue>(in o, height, epilogue);
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
