using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace NetGen.CompilerServices;

/// <summary>The threads of the process's pool, the one region that they work on, and its barrier.</summary>
internal sealed unsafe class Crew
{
    /// <summary>The generation of a barrier that nobody passes any more.</summary>
    private const int Failed = -1;

    private readonly CrewMember?[] _members = new CrewMember?[WorkerPool.MaxWorkers];

    // The region: written by its caller before it is offered to any member, read by a member after it claimed its index.
    private delegate*<object, void*, Worker, void> _invoke;
    private object? _body;
    private void* _state;
    private int _others;
    private bool _spin;
    private ExceptionDispatchInfo? _failure;

    private PaddedInt _taken;
    private PaddedInt _arrived;
    private PaddedInt _generation;

    /// <summary>Reserves the crew for the caller's region; false while another region has it.</summary>
    public bool TryTake() => Volatile.Read(ref _taken.Value) == 0 && Interlocked.Exchange(ref _taken.Value, 1) == 0;

    /// <summary>
    /// Runs a region of at most <paramref name="workers"/> workers, in which <paramref name="invoke"/> calls <paramref name="body"/> with
    /// <paramref name="state"/>, and gives the crew back.
    /// </summary>
    public void Run(int workers, delegate*<object, void*, Worker, void> invoke, object body, void* state)
    {
        int others = Recruit(workers - 1);
        _invoke = invoke;
        _body = body;
        _state = state;
        _others = others;
        _spin = others < Environment.ProcessorCount;

        CrewMember?[] members = _members;
        for (int i = 1; i <= others; i++)
        {
            members[i]!.Offer();
        }
        Do(0);
        // Index 0 has passed all barriers there are, so a member that has not begun means that there are none, and anybody can do its index.
        for (int i = 1; i <= others; i++)
        {
            if (members[i]!.TryTakeBack())
            {
                Do(i);
            }
        }
        for (int i = 1; i <= others; i++)
        {
            members[i]!.Join(_spin);
        }

        _body = null;
        ExceptionDispatchInfo? failure = _failure;
        if (failure is not null)
        {
            _failure = null;
            _arrived.Value = 0;
            _generation.Value = 0;
        }
        Volatile.Write(ref _taken.Value, 0);
        failure?.Throw();
    }

    /// <summary>Does one index of the region, unless the region has failed. Throws nothing: a failure is kept for the caller of the region.</summary>
    public void Do(int index)
    {
        if (Volatile.Read(ref _generation.Value) == Failed)
        {
            return;
        }
        try
        {
            _invoke(_body!, _state, new Worker(this, index, _others));
        }
        catch (RegionAbandonedException)
        {
            // The failure of another worker sent this one home.
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
            // Nobody writes a generation at the same time: that takes the arrival of all workers, and this one will not arrive.
            Volatile.Write(ref _generation.Value, Failed);
        }
    }

    /// <summary>Waits until <paramref name="count"/> workers have called it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Barrier(int count)
    {
        int generation = Volatile.Read(ref _generation.Value);
        if (generation == Failed)
        {
            throw new RegionAbandonedException();
        }
        if (Interlocked.Increment(ref _arrived.Value) == count)
        {
            // The last one opens the barrier; everything is ready for the next one before that.
            _arrived.Value = 0;
            Volatile.Write(ref _generation.Value, (generation + 1) & int.MaxValue);
            return;
        }
        Waiting.While(ref _generation.Value, generation, _spin);
        if (Volatile.Read(ref _generation.Value) == Failed)
        {
            throw new RegionAbandonedException();
        }
    }

    /// <summary>Starts threads until there are <paramref name="count"/>, or as many as the system lets it start.</summary>
    private int Recruit(int count)
    {
        if (count == 0 || _members[count] is not null)
        {
            return count;
        }
        for (int i = 1; i <= count; i++)
        {
            try
            {
                _members[i] ??= new CrewMember(this, i);
            }
            catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException or PlatformNotSupportedException)
            {
                return i - 1;
            }
        }
        return count;
    }

    /// <summary>Unwinds a worker that waits for one that failed.</summary>
    private sealed class RegionAbandonedException : Exception;
}
