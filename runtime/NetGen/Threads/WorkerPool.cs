using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>What each worker of a region does.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void RegionBody<TState>(in TState state, Worker worker) where TState : allows ref struct;

/// <summary>The process's threads for computing: they wait for regions, which they do together with the caller.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WorkerPool
{
    /// <summary>The most workers that a region can have.</summary>
    internal const int MaxWorkers = 1024;

    private static readonly Crew Shared = new();

    /// <summary>
    /// Runs <paramref name="body"/> on up to <paramref name="workers"/> threads at once and returns when all are done. The caller is worker 0.
    /// Allocates only when it has to start a thread for the first time.
    /// </summary>
    /// <param name="workers">
    /// At least 1. The body may see fewer in <see cref="Worker.Count"/>: never more than <see cref="NetGenRuntime.Threads"/>, and one while another
    /// region has the pool (of another thread, or the region that this call is nested in). Results must not depend on that number.
    /// </param>
    /// <param name="body">
    /// Every index from 0 to <see cref="Worker.Count"/> - 1 is run once; all of them pass the same number of barriers. An index that no thread has
    /// begun when worker 0 is done is run by the caller, after its own: so a small region need not wait until a sleeping thread wakes. With barriers in the
    /// body this never happens, because worker 0 waits at the first one: every thread of a region is reserved for it and already woken.
    /// </param>
    /// <param name="state">What the body works on; may hold spans.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workers"/> is below 1.</exception>
    /// <remarks>
    /// When a worker throws, those that wait at a barrier or come to one are unwound, and the first exception is rethrown here with the stack of where
    /// it was thrown, after all workers are done.
    /// </remarks>
    public static unsafe void Run<TState>(int workers, RegionBody<TState> body, in TState state) where TState : allows ref struct
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        workers = Math.Min(workers, NetGenRuntime.Threads);
        if (workers == 1 || !Shared.TryTake())
        {
            body(in state, Worker.Alone);
            return;
        }
        // Other threads reach the state by an address, since a ref struct cannot be a field of the pool. It is the address of this copy, because the
        // original may lie in an object that the GC moves. A slot of a stack does not move, this frame outlives the region, and a local whose address
        // was taken is reported to the GC as long as its frame lives. When the GC moves what the copy refers to, it updates the copy while all threads
        // are suspended, and whatever a worker has already read from it, in that worker's own frame.
        TState copy = state;
        Shared.Run(workers, &Invoke<TState>, body, Unsafe.AsPointer(ref copy));
    }

    private static unsafe void Invoke<TState>(object body, void* state, Worker worker) where TState : allows ref struct =>
        Unsafe.As<RegionBody<TState>>(body)(in Unsafe.AsRef<TState>(state), worker);
}
