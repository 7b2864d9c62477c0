using System.ComponentModel;
using System.Diagnostics;

namespace NetGen.CompilerServices;

/// <summary>The last steps of a stream, in a ring.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class History
{
    /// <summary>Remembers a step, and gives those at a distance of <paramref name="dilation"/> from each other that end with it: what a causal convolution's window sees.</summary>
    /// <param name="x"><c>[features]</c>: this step.</param>
    /// <param name="ring"><c>[dilation (taps - 1) + 1, features]</c>; zero before the first step.</param>
    /// <param name="recent"><c>[taps, features]</c>, the oldest first; zero for steps before the first.</param>
    /// <param name="position">How many steps came before.</param>
    /// <param name="taps">Steps that are given.</param>
    /// <param name="dilation">From one of them to the next.</param>
    public static void Push(ReadOnlySpan<float> x, Span<float> ring, Span<float> recent, long position, int taps, int dilation)
    {
        int features = x.Length;
        int size = dilation * (taps - 1) + 1;
        Debug.Assert(ring.Length == size * features && recent.Length == taps * features);
        int place = (int)(position % size);
        x.CopyTo(ring.Slice(place * features, features));
        for (int tap = 0; tap < taps; tap++)
        {
            // In a ring of as many places as the window spans, the place after the newest is the oldest.
            int steps = (place + 1 + tap * dilation) % size;
            ring.Slice(steps * features, features).CopyTo(recent.Slice(tap * features, features));
        }
    }
}
