namespace NetGen.CompilerServices;

/// <summary>The memory that products pack operands into: one a thread, made at the first need and grown when more is needed.</summary>
/// <remarks>Apart from <see cref="Workspace"/>, in which the operands themselves may lie.</remarks>
internal static class Scratch
{
    [ThreadStatic]
    private static AlignedBuffer? _ofThread;

    /// <summary>The calling thread's first <paramref name="length"/> floats, 64-byte aligned, contents undefined.</summary>
    public static Span<float> OfThread(int length)
    {
        if (_ofThread is null || _ofThread.Length < length) _ofThread = new AlignedBuffer(length);
        return _ofThread.Span[..length];
    }
}
