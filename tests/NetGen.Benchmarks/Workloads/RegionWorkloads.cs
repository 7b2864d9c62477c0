using NetGen.Benchmarks.Measuring;
using NetGen.CompilerServices;

namespace NetGen.Benchmarks.Workloads;

/// <summary>What it costs to give work to the pool of threads and to wait for it.</summary>
internal static class RegionWorkloads
{
    public static IEnumerable<Workload> All =>
    [
        new("region", "region-empty", new Region(0), () => Run(0))
        {
            Threads = [2],
            Targets = [new Nanoseconds(200) { Threads = 2 }, new Bytes(0) { Threads = 2 }],
        },
        new("region", "region-barrier", new Region(1), () => Run(1)) { Threads = [2] },
    ];

    private static Action<int> Run(int barriers)
    {
        RegionBody<int> body = static (in int barriers, Worker worker) =>
        {
            for (int i = 0; i < barriers; i++) worker.Barrier();
        };
        return repetitions =>
        {
            while (repetitions-- > 0) WorkerPool.Run(NetGenRuntime.Threads, body, barriers);
        };
    }
}
