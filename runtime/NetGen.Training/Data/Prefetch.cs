using System.Runtime.ExceptionServices;

namespace NetGen.Training;

/// <summary>
/// Prepares the next batch on a thread of the pool while the caller works on this one. Where no thread of the pool has begun by the time the batch is wanted, the caller prepares it, so that
/// a busy pool costs nothing but the gain. Nothing is allocated.
/// </summary>
/// <param name="prepare">Prepares the batch of an index.</param>
internal sealed class Prefetch(Action<int> prepare) : IThreadPoolWorkItem
{
    private const int Idle = 0;
    private const int Waiting = 1;
    private const int Taken = 2;

    private readonly ManualResetEventSlim _done = new();
    private ExceptionDispatchInfo? _failure;
    private int _state;
    private int _isQueued;
    private int _index;

    /// <summary>Begins to prepare a batch; nothing may be under way.</summary>
    public void Begin(int index)
    {
        _index = index;
        _failure = null;
        _done.Reset();
        Volatile.Write(ref _state, Waiting);
        // An item that the pool has not come to yet will do for this batch.
        if (Interlocked.Exchange(ref _isQueued, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Returns when the batch is there.</summary>
    public void Finish()
    {
        if (TryTake())
        {
            _state = Idle;
            prepare(_index);
            return;
        }
        _done.Wait();
        _state = Idle;
        _failure?.Throw();
    }

    /// <summary>Returns when nothing is under way, with the batch or without.</summary>
    public void Cancel()
    {
        if (Volatile.Read(ref _state) != Idle && !TryTake())
        {
            _done.Wait();
        }
        _state = Idle;
    }

    void IThreadPoolWorkItem.Execute()
    {
        Interlocked.Exchange(ref _isQueued, 0);
        if (!TryTake())
        {
            return;
        }
        try
        {
            prepare(_index);
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
        _done.Set();
    }

    private bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;
}
