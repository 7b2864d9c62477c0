namespace NetGen.CompilerServices;

/// <summary>A thread of the pool, and the word by which it and the caller agree who does its index of a region.</summary>
/// <remarks>
/// <code>
///            caller: offers             member: claims
///   Idle ───────────────────► Offered ──────────────────► Working
///    ▲  ▲                     ▲  │                           │
///    │  └─────────────────────┼──┘ caller: takes it back     │
///    │ member: sleeps         │    and does it itself        │
///    ├──────────► Parked ─────┘ caller: offers and wakes     │
///    └───────────────────────────────────────────────────────┘ member: done
/// </code>
/// Every arrow from a state that both may leave is an atomic exchange, so an index is done once, and the event is set once for each time that the
/// thread parks. A thread that wakes too late finds Idle and waits on.
/// </remarks>
internal sealed class CrewMember
{
    private const int Idle = 0;
    private const int Parked = 1;
    private const int Offered = 2;
    private const int Working = 3;

    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly Crew _crew;
    private readonly int _index;
    private readonly bool _spins;
    private PaddedInt _state;

    /// <summary>Starts the thread.</summary>
    public CrewMember(Crew crew, int index)
    {
        _crew = crew;
        _index = index;
        _spins = index < Environment.ProcessorCount;
        // Without the execution context of the region that happens to be the first.
        new Thread(Live) { IsBackground = true, Name = $"NetGen worker {index}" }.UnsafeStart();
    }

    /// <summary>Offers this member its index of the region that the crew holds.</summary>
    public void Offer()
    {
        if (Interlocked.Exchange(ref _state.Value, Offered) == Parked)
        {
            _wake.Set();
        }
    }

    /// <summary>Takes the index back, if the thread has not begun.</summary>
    public bool TryTakeBack() =>
        Volatile.Read(ref _state.Value) == Offered && Interlocked.CompareExchange(ref _state.Value, Idle, Offered) == Offered;

    /// <summary>Waits until the thread has done what it began.</summary>
    public void Join(bool spin)
    {
        if (Volatile.Read(ref _state.Value) == Working)
        {
            Waiting.While(ref _state.Value, Working, spin);
        }
    }

    private void Live()
    {
        while (true)
        {
            if (!(_spins && Waiting.SpinWhile(ref _state.Value, Idle)) && Interlocked.CompareExchange(ref _state.Value, Parked, Idle) == Idle)
            {
                _wake.WaitOne();
            }
            if (Interlocked.CompareExchange(ref _state.Value, Working, Offered) == Offered)
            {
                _crew.Do(_index);
                Volatile.Write(ref _state.Value, Idle);
            }
        }
    }
}
