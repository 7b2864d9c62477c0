using NetGen.CompilerServices;

namespace NetGen;

/// <summary>What NetGen does in the whole process.</summary>
public static class NetGenRuntime
{
    private static int _threads = Math.Min(Environment.ProcessorCount, WorkerPool.MaxWorkers);

    /// <summary>
    /// Threads that training and predictions of many samples may use, the calling one included: 1 to 1024. By default as many as the process has
    /// processors. May be changed at any time and counts from the next piece of work; results do not depend on it. Threads are started when they are
    /// first needed; those that are no longer needed sleep.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or above 1024.</exception>
    public static int Threads
    {
        get => Volatile.Read(ref _threads);
        set
        {
            if (value is < 1 or > WorkerPool.MaxWorkers)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(Threads), value, $"{nameof(Threads)}: expected 1 to {WorkerPool.MaxWorkers}, got {value}.");
            }
            Volatile.Write(ref _threads, value);
        }
    }
}
