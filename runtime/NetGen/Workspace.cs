using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Memory to predict in that the caller owns, for those who want no memory of the thread's: 64-byte aligned, pinned, nothing to dispose. One
/// workspace serves any number of networks, one prediction at a time; two threads that use one workspace at once get wrong numbers.
/// </summary>
/// <remarks>
/// Kernels pack operands into further memory of the workspace, as much as the processor's vectors call for: it is made by the first prediction of a network, so predict once before
/// the thread that must not allocate does.
/// </remarks>
/// <param name="floats">At least the network's <see cref="IPredictor.WorkspaceSize"/>; a longer one takes several samples at a time.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="floats"/> is negative.</exception>
public sealed class Workspace(int floats)
{
    private readonly AlignedBuffer _floats = new(floats);

    /// <summary>Number of floats.</summary>
    public int Length => _floats.Length;

    /// <summary>The floats; contents are undefined between predictions.</summary>
    internal Span<float> Span => _floats.Span;

    /// <summary>What kernels pack operands into; null while nothing has been packed.</summary>
    internal AlignedBuffer? Scratch { get; private set; }

    /// <summary>Makes <see cref="Scratch"/> hold <paramref name="floats"/>.</summary>
    internal void ReserveScratch(int floats) => Scratch = new AlignedBuffer(floats);
}
