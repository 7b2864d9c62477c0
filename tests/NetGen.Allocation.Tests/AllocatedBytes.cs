// Nothing else may run while bytes are counted.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace NetGen.Allocation.Tests;

/// <summary>Counts what all threads of the process allocate.</summary>
/// <remarks>
/// The counter of the whole process also sees what the test host and the runtime do meanwhile. It only ever grows, so an attempt counts what was
/// measured and perhaps more, never less: the least of several attempts is the best bound, and one attempt of exactly 0 proves that all that was
/// measured in it allocated nothing on any thread. An allocation that is made on every call, or every epoch, is in every attempt, and no repetition
/// hides it.
/// </remarks>
internal static class AllocatedBytes
{
    private const int Attempts = 50;

    /// <summary>The least bytes that all threads allocated while the work was done, over several attempts after two that do not count.</summary>
    public static long During(Action work)
    {
        work();
        work();
        return Least(() =>
        {
            long before = Now();
            work();
            return Now() - before;
        });
    }

    /// <summary>The least of several attempts, 0 as soon as one gives it.</summary>
    /// <param name="attempt">Does the work and returns the bytes that it counted.</param>
    public static long Least(Func<long> attempt)
    {
        long least = long.MaxValue;
        for (int i = 0; i < Attempts && least > 0; i++)
        {
            least = Math.Min(least, attempt());
        }
        return least;
    }

    /// <summary>All bytes that all threads have allocated, those in buffers of threads that still run included.</summary>
    public static long Now() => GC.GetTotalAllocatedBytes(precise: true);
}
