using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>While it lasts, kernels on the calling thread pack operands into memory of a workspace instead of the thread's.</summary>
/// <remarks>A workspace whose memory was too short, as that of a new one is, has enough afterwards: the same work allocates nothing the next time, on any thread.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct ScratchLoan
{
    private readonly Workspace _workspace;
    private readonly AlignedBuffer? _lent; // Of which the workspace may let go while kernels write to it, if another thread uses the workspace too.

    /// <summary>Begins the loan.</summary>
    public ScratchLoan(Workspace workspace)
    {
        _workspace = workspace;
        _lent = workspace.Scratch;
        Scratch.Borrow(_lent);
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        int lacked = Scratch.Return();
        if (lacked > 0) _workspace.ReserveScratch(lacked);
        GC.KeepAlive(_lent);
    }
}
