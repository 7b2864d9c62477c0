using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>Tiles by their number of rows.</summary>
internal static class RunTiles
{
    /// <summary>Tiles of <paramref name="rows"/> rows, 1 to 14.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<V, R, TEpilogue>(ref RunOperands o, int rows, TEpilogue epilogue)
        where V : struct, IVector16<V> where R : struct, ITileRow<R, V> where TEpilogue : struct, ITileEpilogue
    {
        switch (rows)
        {
            case 1: RunTile<V, R, Rows1, TEpilogue>.Run(ref o, epilogue); break;
            case 2: RunTile<V, R, Rows2, TEpilogue>.Run(ref o, epilogue); break;
            case 3: RunTile<V, R, Rows3, TEpilogue>.Run(ref o, epilogue); break;
            case 4: RunTile<V, R, Rows4, TEpilogue>.Run(ref o, epilogue); break;
            case 5: RunTile<V, R, Rows5, TEpilogue>.Run(ref o, epilogue); break;
            case 6: RunTile<V, R, Rows6, TEpilogue>.Run(ref o, epilogue); break;
            case 7: RunTile<V, R, Rows7, TEpilogue>.Run(ref o, epilogue); break;
            case 8: RunTile<V, R, Rows8, TEpilogue>.Run(ref o, epilogue); break;
            case 9: RunTile<V, R, Rows9, TEpilogue>.Run(ref o, epilogue); break;
            case 10: RunTile<V, R, Rows10, TEpilogue>.Run(ref o, epilogue); break;
            case 11: RunTile<V, R, Rows11, TEpilogue>.Run(ref o, epilogue); break;
            case 12: RunTile<V, R, Rows12, TEpilogue>.Run(ref o, epilogue); break;
            case 13: RunTile<V, R, Rows13, TEpilogue>.Run(ref o, epilogue); break;
            case 14: RunTile<V, R, Rows14, TEpilogue>.Run(ref o, epilogue); break;
        }
    }

    /// <summary>Tiles of <paramref name="rows"/> places, 1 to 14, of a window three pixels wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunThreeTaps<V, R, TEpilogue>(ref RunOperands o, int rows, TEpilogue epilogue)
        where V : struct, IVector16<V> where R : struct, ITileRow<R, V> where TEpilogue : struct, ITileEpilogue
    {
        switch (rows)
        {
            case 1: ThreeTapTile<V, R, Rows1, TEpilogue>.Run(ref o, epilogue); break;
            case 2: ThreeTapTile<V, R, Rows2, TEpilogue>.Run(ref o, epilogue); break;
            case 3: ThreeTapTile<V, R, Rows3, TEpilogue>.Run(ref o, epilogue); break;
            case 4: ThreeTapTile<V, R, Rows4, TEpilogue>.Run(ref o, epilogue); break;
            case 5: ThreeTapTile<V, R, Rows5, TEpilogue>.Run(ref o, epilogue); break;
            case 6: ThreeTapTile<V, R, Rows6, TEpilogue>.Run(ref o, epilogue); break;
            case 7: ThreeTapTile<V, R, Rows7, TEpilogue>.Run(ref o, epilogue); break;
            case 8: ThreeTapTile<V, R, Rows8, TEpilogue>.Run(ref o, epilogue); break;
            case 9: ThreeTapTile<V, R, Rows9, TEpilogue>.Run(ref o, epilogue); break;
            case 10: ThreeTapTile<V, R, Rows10, TEpilogue>.Run(ref o, epilogue); break;
            case 11: ThreeTapTile<V, R, Rows11, TEpilogue>.Run(ref o, epilogue); break;
            case 12: ThreeTapTile<V, R, Rows12, TEpilogue>.Run(ref o, epilogue); break;
            case 13: ThreeTapTile<V, R, Rows13, TEpilogue>.Run(ref o, epilogue); break;
            case 14: ThreeTapTile<V, R, Rows14, TEpilogue>.Run(ref o, epilogue); break;
        }
    }
}
