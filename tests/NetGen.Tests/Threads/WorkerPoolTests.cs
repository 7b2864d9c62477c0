using System.Diagnostics;
using System.Runtime.CompilerServices;
using NetGen.CompilerServices;

namespace NetGen.Tests.Threads;

/// <summary>
/// Regions of more workers than most test machines have processors. Other tests may use the pool meanwhile: then a region has one worker.
/// </summary>
public sealed class WorkerPoolTests : IDisposable
{
    private const int Workers = 4;

    private readonly int _threads = NetGenRuntime.Threads;

    public WorkerPoolTests() => NetGenRuntime.Threads = Workers;

    public void Dispose() => NetGenRuntime.Threads = _threads;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(Workers)]
    public void Every_index_runs_exactly_once_in_each_of_very_many_regions(int workers)
    {
        int[] runs = new int[Workers];
        int[] counts = new int[Workers];
        int[] done = new int[Workers];
        for (int region = 1; region <= 100_000; region++)
        {
            WorkerPool.Run(workers, static (in (int[] Runs, int[] Counts) state, Worker worker) =>
            {
                state.Runs[worker.Index]++;
                state.Counts[worker.Index] = worker.Count;
            }, (runs, counts));
            int count = counts[0];
            Assert.InRange(count, 1, workers);
            for (int i = 0; i < Workers; i++)
            {
                done[i] += i < count ? 1 : 0;
                if (runs[i] != done[i]) Assert.Fail($"Region {region}: index {i} of {count} ran {runs[i]} times in all, expected {done[i]}.");
            }
        }
    }

    [Fact]
    public void Barriers_order_phases()
    {
        const int phases = 200;
        for (int region = 0; region < 200; region++)
        {
            // Each phase writes the sum of what all wrote in the phase before, so one worker that is early or late spoils all that follows.
            long[] numbers = [1, 1, 1, 1];
            long[] sums = new long[Workers];
            int count = 0;
            WorkerPool.Run(Workers, (in int _, Worker worker) =>
            {
                count = worker.Count;
                for (int phase = 0; phase < phases; phase++)
                {
                    long sum = 0;
                    for (int i = 0; i < worker.Count; i++) sum += numbers[i];
                    sums[worker.Index] = sum % 1_000_003;
                    worker.Barrier();
                    numbers[worker.Index] = sums[worker.Index];
                    worker.Barrier();
                }
            }, 0);
            long expected = 1;
            for (int phase = 0; phase < phases; phase++) expected = expected * count % 1_000_003;
            Assert.All(numbers.Take(count), number => Assert.Equal(expected, number));
        }
    }

    [Fact]
    public void A_region_within_a_region_has_one_worker()
    {
        int inner = 0;
        Alone(() => WorkerPool.Run(Workers, (in int _, Worker outer) =>
        {
            outer.Barrier();
            WorkerPool.Run(Workers, (in int _, Worker worker) =>
            {
                worker.Barrier();
                Assert.Equal(1, worker.Count);
                Interlocked.Increment(ref inner);
            }, 0);
            outer.Barrier();
        }, 0), ref inner);
        Assert.Equal(Workers, inner);
    }

    [Fact]
    public void Several_threads_use_the_pool_at_once()
    {
        Exception? failure = null;
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            try
            {
                int[] sums = new int[1000];
                for (int region = 1; region <= 3000; region++)
                {
                    WorkerPool.Run(Workers, static (in Span<int> sums, Worker worker) =>
                    {
                        Part part = worker.Part(sums.Length);
                        for (int i = part.Start; i < part.Start + part.Count; i++) sums[i]++;
                        worker.Barrier();
                        part = worker.Part(sums.Length, 7);
                        for (int i = part.Start; i < part.Start + part.Count; i++) sums[i]++;
                    }, sums.AsSpan());
                    if (sums.AsSpan().ContainsAnyExcept(2 * region)) throw new InvalidOperationException("A part was left out or done twice.");
                }
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.Null(failure);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Workers - 1)]
    public void The_exception_of_a_worker_releases_those_at_a_barrier_and_reaches_the_caller_with_its_stack(int guilty)
    {
        int passed = 0;
        int thrown = 0;
        for (int region = 0; region < 100; region++)
        {
            try
            {
                WorkerPool.Run(Workers, (in int guilty, Worker worker) =>
                {
                    worker.Barrier();
                    if (worker.Index == guilty) Throw();
                    worker.Barrier();
                    if (worker.Count > guilty) Interlocked.Increment(ref passed);
                }, guilty);
            }
            catch (InvalidTimeZoneException exception)
            {
                Assert.Contains(nameof(Throw), exception.StackTrace);
                thrown++;
            }
        }
        Assert.Equal(0, passed);
        Assert.True(thrown > 0);

        // And the pool is as good as new.
        Every_index_runs_exactly_once_in_each_of_very_many_regions(2);
        Barriers_order_phases();
    }

    [Fact]
    public void An_exception_of_every_worker_reaches_the_caller_once()
    {
        for (int region = 0; region < 100; region++)
        {
            Assert.Throws<InvalidTimeZoneException>(() => WorkerPool.Run(Workers, (in int _, Worker _) => Throw(), 0));
        }
    }

    [Fact]
    public void A_state_on_the_stack_is_followed_when_the_GC_moves_what_it_refers_to()
    {
        for (int region = 0; region < 20; region++)
        {
            // Garbage before the array, so that compacting moves it.
            List<byte[]> garbage = [.. Enumerable.Range(0, 100).Select(_ => new byte[100])];
            int[] numbers = new int[1000];
            garbage.Clear();
            WorkerPool.Run(Workers, static (in Span<int> numbers, Worker worker) =>
            {
                for (int round = 0; round < 10; round++)
                {
                    if (worker.IsFirst) GC.Collect(0, GCCollectionMode.Forced, blocking: true, compacting: true);
                    Part part = worker.Part(numbers.Length);
                    foreach (ref int number in numbers.Slice(part.Start, part.Count)) number++;
                    worker.Barrier();
                }
            }, numbers.AsSpan());
            Assert.All(numbers, number => Assert.Equal(10, number));
        }
    }

    [Fact]
    public void A_state_may_be_any_type()
    {
        string text = "";
        WorkerPool.Run(2, (in string state, Worker worker) => Interlocked.CompareExchange(ref text, state, ""), "class");
        Assert.Equal("class", text);
    }

    [Fact]
    public void Idle_workers_are_woken()
    {
        for (int region = 0; region < 10; region++)
        {
            int inner = 0;
            Thread.Sleep(5);
            Alone(() => WorkerPool.Run(Workers, (in int _, Worker worker) =>
            {
                worker.Barrier();
                Interlocked.Increment(ref inner);
            }, 0), ref inner);
            Assert.Equal(Workers, inner);
        }
    }

    [Fact]
    public void Fewer_threads_are_used_from_the_next_region_on()
    {
        int most = 0;
        NetGenRuntime.Threads = 2;
        WorkerPool.Run(Workers, (in int _, Worker worker) => most = worker.Count, 0);
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public void Numbers_of_threads_that_make_no_sense_are_refused()
    {
        foreach (int threads in (int[])[-1, 0, 1025])
        {
            string message = Assert.Throws<ArgumentOutOfRangeException>("Threads", () => NetGenRuntime.Threads = threads).Message;
            Assert.Contains($"expected 1 to 1024, got {threads}", message);
        }
        Assert.Equal(Workers, NetGenRuntime.Threads);
        Assert.Throws<ArgumentOutOfRangeException>("workers", () => WorkerPool.Run(0, static (in int _, Worker _) => { }, 0));
    }

    /// <summary>Runs a region until it had all its workers, because another test did not have the pool.</summary>
    private static void Alone(Action region, ref int workers)
    {
        Stopwatch watch = Stopwatch.StartNew();
        do
        {
            workers = 0;
            region();
        }
        while (workers != Workers && watch.Elapsed < TimeSpan.FromSeconds(30));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Throw() => throw new InvalidTimeZoneException();
}
