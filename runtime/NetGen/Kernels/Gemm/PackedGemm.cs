using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>Products by blocks that fit the caches, of which tiles read contiguous copies.</summary>
/// <remarks>
/// A block of b (Depth x Columns) lies in the third level of cache, one of a (Rows x Depth) in the second, and tiles run down one strip of b (Goto and van de
/// Geijn 2008). Copies cost one pass over each operand. They save what rows at a large distance cost: a page each, and one cache set for all when the distance
/// is a power of two.
/// </remarks>
internal static unsafe class PackedGemm
{
    // At least as deep as a chain of the samples in a gradient: what goes on from block to block starts from c, which then holds the sums and not a parameter.
    private const int Depth = 512;
    private const int Rows = 120;
    private const int Columns = 2048;

    /// <summary>Whether copies gain more than they cost.</summary>
    public static bool Pays<V>(int rows, int inner, int columns)
    {
        // A strip of one 16-float vector is one cache line a row of b: it suffers from the distance of rows long before b outgrows the caches.
        return Gemm.MostVectors<V>() == 1
            ? Vector128.IsHardwareAccelerated && rows >= 32 && inner >= 48 && columns >= 128
            : rows >= 256 && inner >= 512 && columns >= 768;
    }

    /// <summary>As <see cref="Gemm.Run"/>. Sums that go on from block to block start from c, so that each stays one chain.</summary>
    public static void Run<V, TEpilogue>(in TileOperands o, int rows, int columns, TEpilogue epilogue)
        where V : struct, IVector16<V> where TEpilogue : struct, ITileEpilogue
    {
        int chunks = (o.Inner + Depth - 1) / Depth;
        int depth = (o.Inner + chunks - 1) / chunks;
        Strips strips = Gemm.Divide<V>(Math.Min(Columns, columns));
        int packedB = strips.Total * 16 * depth + strips.Count * Strips.Gap;
        fixed (float* packed = Scratch.OfThread(packedB + depth * Rows))
        {
            for (int left = 0; left < columns; left += Columns)
            {
                int width = Math.Min(Columns, columns - left);
                for (int from = 0; from < o.Inner; from += depth)
                {
                    TileOperands p = o;
                    p.Inner = Math.Min(depth, o.Inner - from);
                    p.PackedB = packed;
                    PackB<V>(o.B + from * o.BStep + left, o.BStep, packed, p.Inner, width);
                    for (int top = 0; top < rows; top += Rows)
                    {
                        int count = Math.Min(Rows, rows - top);
                        p.A = o.A + top * o.RowStep + from * o.InnerStep;
                        p.C = o.C + top * o.CStep + left;
                        if (from > 0)
                        {
                            p.Start = p.C;
                            p.StartStep = o.CStep;
                        }
                        else if (o.Start != null)
                        {
                            p.Start = o.Start + top * o.StartStep + left;
                        }
                        if (o.InnerStep == 1 && Gemm.PanelRows<V>() % 8 == 0) PackA<V>(ref p, count, packed + packedB);
                        if (from + depth < o.Inner) Gemm.Run<V, Activated<Identity>>(ref p, count, width, default);
                        else Gemm.Run<V, TEpilogue>(ref p, count, width, epilogue);
                    }
                }
                epilogue.Skip(width);
            }
        }
    }

    /// <summary>Whole panels of a; a transposed operand needs none, because it is read row by row as it lies.</summary>
    private static void PackA<V>(ref TileOperands o, int rows, float* packed)
    {
        int height = Gemm.PanelRows<V>();
        for (int r = 0; r <= rows - height; r += height) Transpose.Copy(o.A + r * o.RowStep, o.RowStep, packed + (nint)r * o.Inner, height, height, o.Inner);
        o.PackedA = packed;
    }

    /// <summary>Row by row, because that is the order of memory; lanes beyond the last column become 0.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void PackB<V>(float* b, nint step, float* packed, int inner, int columns) where V : struct, IVector16<V>
    {
        Strips strips = Gemm.Divide<V>(columns);
        int lanes = columns % 16;
        for (int k = 0; k < inner; k++)
        {
            float* source = b + k * step;
            float* strip = packed;
            for (int i = 0; i < strips.Count; i++)
            {
                int vectors = strips.Vectors(i);
                float* row = strip + (nint)k * vectors * 16;
                // The last vector of the last strip may be cut.
                int last = i == strips.Count - 1 && lanes > 0 ? vectors - 1 : vectors;
                for (int v = 0; v < last; v++)
                {
                    V.Store(V.Load(in *source), ref *row);
                    source += 16;
                    row += 16;
                }
                strip += (nint)inner * vectors * 16 + Strips.Gap;
                if (last < vectors) V.Store(V.LoadPartial(in *source, lanes), ref *row);
            }
        }
    }
}
