using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Memory to predict in that the caller owns, for those who want no memory of the thread's: 64-byte aligned, pinned, nothing to dispose. One
/// workspace serves any number of networks, one prediction at a time; two threads that use one workspace at once get wrong numbers.
/// </summary>
/// <param name="floats">At least the network's <see cref="IPredictor.WorkspaceSize"/>; a longer one takes several samples at a time.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="floats"/> is negative.</exception>
public sealed class Workspace(int floats)
{
    private readonly AlignedBuffer _floats = new(floats);

    /// <summary>Number of floats.</summary>
    public int Length => _floats.Length;

    /// <summary>The floats; contents are undefined between predictions.</summary>
    internal Span<float> Span => _floats.Span;
}
