namespace NetGen.Allocation.Tests;

/// <summary>A thread that waits, and does its work each time it is told to; telling it and waiting for it allocate nothing.</summary>
internal sealed class Worker : IDisposable
{
    private readonly Thread _thread;
    private int _asked;
    private int _done;
    private volatile bool _ended;

    public Worker(Action work)
    {
        _thread = new Thread(() =>
        {
            for (SpinWait wait = default; !_ended; wait.SpinOnce())
            {
                if (Volatile.Read(ref _asked) != _done)
                {
                    work();
                    Volatile.Write(ref _done, _done + 1);
                }
            }
        });
        _thread.Start();
    }

    public void RunOnce()
    {
        int done = _done + 1;
        Volatile.Write(ref _asked, done);
        for (SpinWait wait = default; Volatile.Read(ref _done) != done;)
        {
            wait.SpinOnce();
        }
    }

    public void Dispose()
    {
        _ended = true;
        _thread.Join();
    }
}
