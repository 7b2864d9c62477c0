using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

// One row times a narrow matrix is one vector of sums, and a chain of additions waits four cycles for each. So a deep sum is four chains, each over a quarter of inner, added in order;
// several rows, which would not need it, do the same: a row has the same bits alone and in a batch.
public static partial class MatMul
{
    private const int Chains = 4;
    private const int LeastInChains = 128;

    private static bool HasChains(int inner, int columns) => columns <= 16 && inner >= LeastInChains;

    /// <summary>One row of up to 16 columns, in one chain.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Narrow<V, TActivation>(
        float* a, float* b, nint step, float* start, float* c, int inner, int columns, TActivation activation)
        where V : struct, IVector16<V> where TActivation : struct, IActivation
    {
        V sum = start == null ? default : Cut.Load<V>(start, columns);
        int k = 0;
        for (int whole = Gemm.WholeRows(inner, step, columns, 16); k < whole; k++)
        {
            sum = V.MultiplyAdd(V.Broadcast(a[k]), V.Load(in *b), sum);
            b += step;
        }
        for (; k < inner; k++)
        {
            sum = V.MultiplyAdd(V.Broadcast(a[k]), V.LoadPartial(in *b, columns), sum);
            b += step;
        }
        UpTo16.Store(activation.Apply(sum), ref *c, columns);
    }

    /// <summary>One row of all columns, up to 16, in four chains.</summary>
    [MethodImpl(Hot)]
    private static unsafe void NarrowInChains<V, TActivation>(float* a, float* b, float* start, float* c, int inner, int columns, TActivation activation)
        where V : struct, IVector16<V> where TActivation : struct, IActivation
    {
        int quarter = inner / Chains, whole = Gemm.WholeRows(inner, columns, columns, 16) - (3 * quarter), last = inner - (3 * quarter);
        V s0 = start == null ? default : Cut.Load<V>(start, columns), s1 = default, s2 = default, s3 = default;
        nint step = (nint)quarter * columns;
        int k = 0;
        for (int together = Math.Min(quarter, whole); k < together; k++)
        {
            float* b2 = b + (2 * step);
            s0 = V.MultiplyAdd(V.Broadcast(a[k]), V.Load(in *b), s0);
            s1 = V.MultiplyAdd(V.Broadcast(a[quarter + k]), V.Load(in b[step]), s1);
            s2 = V.MultiplyAdd(V.Broadcast(a[2 * quarter + k]), V.Load(in *b2), s2);
            s3 = V.MultiplyAdd(V.Broadcast(a[3 * quarter + k]), V.Load(in b2[step]), s3);
            b += columns;
        }
        for (int i = k; i < quarter; i++)
        {
            float* row = b + ((nint)(i - k) * columns);
            s0 = V.MultiplyAdd(V.Broadcast(a[i]), V.Load(in *row), s0);
            s1 = V.MultiplyAdd(V.Broadcast(a[quarter + i]), V.Load(in row[step]), s1);
            s2 = V.MultiplyAdd(V.Broadcast(a[2 * quarter + i]), V.Load(in row[2 * step]), s2);
        }
        b += 3 * step;
        for (; k < last; k++)
        {
            s3 = V.MultiplyAdd(V.Broadcast(a[3 * quarter + k]), V.LoadPartial(in *b, columns), s3);
            b += columns;
        }
        UpTo16.Store(activation.Apply(s0 + s1 + s2 + s3), ref *c, columns);
    }

    /// <summary>Several rows of up to 16 columns, in four chains.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void RowsInChains<V, TEpilogue>(ref TileOperands o, int rows, int columns, TEpilogue epilogue)
        where V : struct, IVector16<V> where TEpilogue : struct, ITileEpilogue
    {
        int inner = o.Inner;
        o.Inner = inner / Chains;
        Gemm.Run<V, Activated<Identity>>(ref o, rows, columns, default);
        o.Start = null;
        for (int chain = 1; chain < Chains; chain++)
        {
            o.A += inner / Chains;
            o.B += (nint)(inner / Chains) * columns;
            if (chain < Chains - 1)
            {
                Gemm.Run<V, Accumulated>(ref o, rows, columns, default);
                continue;
            }
            o.Inner = inner - ((Chains - 1) * o.Inner);
            Gemm.Run<V, Continued<TEpilogue>>(ref o, rows, columns, new(epilogue));
        }
    }
}
