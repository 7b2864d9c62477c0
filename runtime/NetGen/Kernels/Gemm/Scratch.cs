using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>The memory that kernels pack operands into: of a workspace while a <see cref="ScratchLoan"/> lasts, else of the thread.</summary>
/// <remarks>
/// Apart from the floats of a <see cref="Workspace"/>, in which the operands themselves may lie, because how much is packed depends on the width of vectors.
/// What is lent is an address: a thread's first use of a static reference would allocate.
/// </remarks>
internal static unsafe class Scratch
{
    [ThreadStatic]
    private static AlignedBuffer? _ofThread;

    [ThreadStatic]
    private static float* _lent;

    [ThreadStatic]
    private static int _lentLength;

    /// <summary>The largest request since the loan began that what is lent was too short for.</summary>
    [ThreadStatic]
    private static int _lacked;

    /// <summary>The first <paramref name="length"/> floats, 64-byte aligned, contents undefined.</summary>
    public static Span<float> OfThread(int length) => length <= _lentLength ? new Span<float>(_lent, length) : Own(length);

    /// <summary>Until <see cref="Return"/>, the calling thread uses this memory, which somebody must keep alive.</summary>
    public static void Borrow(AlignedBuffer? memory)
    {
        _lacked = 0;
        if (memory is null) return;
        _lent = (float*)Unsafe.AsPointer(ref memory.Span[0]);
        _lentLength = memory.Length;
    }

    /// <summary>The thread uses its own memory again.</summary>
    /// <returns>How many floats would have been enough; 0 where they were.</returns>
    public static int Return()
    {
        _lent = null;
        _lentLength = 0;
        return _lacked;
    }

    /// <summary>Made at the first need and grown when more is needed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Span<float> Own(int length)
    {
        _lacked = Math.Max(_lacked, length);
        if (_ofThread is null || _ofThread.Length < length) _ofThread = new AlignedBuffer(length);
        return _ofThread.Span[..length];
    }
}
