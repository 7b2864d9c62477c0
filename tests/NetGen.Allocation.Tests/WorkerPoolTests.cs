using NetGen.CompilerServices;

namespace NetGen.Allocation.Tests;

public sealed class WorkerPoolTests : IDisposable
{
    private readonly int _threads = NetGenRuntime.Threads;

    public WorkerPoolTests() => NetGenRuntime.Threads = 3;

    public void Dispose() => NetGenRuntime.Threads = _threads;

    [Fact]
    public void Regions_and_their_barriers_allocate_nothing_on_any_thread()
    {
        float[] values = new float[100];

        Assert.Equal(0, AllocatedBytes.During(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                WorkerPool.Run(3, static (in values, worker) =>
                {
                    worker.Part(values.Length).Of(values, 1).Fill(worker.Index);
                    worker.Barrier();
                }, values.AsSpan());
            }
        }));
    }

    [Fact]
    public void Waking_workers_that_sleep_allocates_nothing() => Assert.Equal(0, AllocatedBytes.During(() =>
    {
        Thread.Sleep(2);
        WorkerPool.Run(3, static (in _, worker) => worker.Barrier(), 0);
    }));

    [Fact]
    public void An_object_that_a_worker_allocates_is_seen()
    {
        object?[] kept = new object?[3];
        Assert.True(AllocatedBytes.During(() => WorkerPool.Run(3, static (in kept, worker) =>
        {
            worker.Barrier();
            kept[worker.Index] = new object();
        }, kept)) >= 3 * 24);
    }
}
