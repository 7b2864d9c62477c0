using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>The memory that Predict computes in: one a thread, shared by all networks, so that nobody waits and nothing is returned.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ThreadWorkspace
{
    [ThreadStatic]
    private static AlignedBuffer? _ofThread;

    /// <summary>
    /// The first <paramref name="length"/> floats of the calling thread's workspace, 64-byte aligned, contents undefined. Allocates when no call on
    /// this thread asked for as many.
    /// </summary>
    public static Span<float> Get(int length)
    {
        AlignedBuffer? buffer = _ofThread;
        if (buffer is null || buffer.Length < length)
        {
            buffer = _ofThread = new AlignedBuffer(length);
        }
        return buffer.Span[..length];
    }
}
