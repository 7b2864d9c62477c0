using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>
/// Memory that is needed later, fetched into the second level of cache a few lines at a time while tiles are computed. The hardware does not see it coming, because tiles jump from row to
/// row; and with many lines at a time the processor waits for them.
/// </summary>
internal unsafe struct Ahead
{
    /// <summary>Products of a sum between one fetch and the next.</summary>
    public const int Depth = 8;

    private const int Line = 256;
    private const int MostLines = 4;

    private readonly int _rate;
    private float* _next;
    private int _due;

    /// <param name="memory">Where it begins; what lies beyond its end may be fetched too.</param>
    /// <param name="floats">Its length.</param>
    /// <param name="tiles">Tiles that are computed meanwhile, over <paramref name="inner"/> products a sum.</param>
    /// <param name="inner">Products of a sum.</param>
    public Ahead(float* memory, int floats, int tiles, int inner)
    {
        _next = memory;
        long fetches = Math.Max((long)tiles * ((inner + Depth - 1) / Depth), 1);
        _rate = (int)Math.Min((long)floats / 16 * Line / fetches, MostLines * Line);
    }

    /// <summary>Fetches part <paramref name="part"/> of <paramref name="parts"/> of some memory at once.</summary>
    public static void Fetch(float* memory, nint floats, int part, int parts)
    {
        if (!Sse.IsSupported) return;
        float* end = memory + (floats * (part + 1) / parts);
        for (float* line = memory + (floats * part / parts); line < end; line += 16) Sse.Prefetch1(line);
    }

    // No loop: the JIT would give its variables the registers that the loop over products needs.
    /// <summary>Fetches the next lines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch()
    {
        if (_rate == 0 || !Sse.IsSupported) return;
        int due = _due + _rate;
        _due = due & (Line - 1);
        if (due < Line) return;
        float* next = _next;
        Sse.Prefetch1(next);
        if (due >= 2 * Line) Sse.Prefetch1(next + 16);
        if (due >= 3 * Line) Sse.Prefetch1(next + 32);
        if (due >= 4 * Line) Sse.Prefetch1(next + 48);
        _next = next + (due / Line * 16);
    }
}
