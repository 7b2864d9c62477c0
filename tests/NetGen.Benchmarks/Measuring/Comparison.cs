using NetGen.Benchmarks.Peers;
using NetGen.Benchmarks.Workloads;

namespace NetGen.Benchmarks.Measuring;

/// <summary>Runs a workload on all sides in turns: in each round everybody has one turn, so that a change of the clock hits all alike.</summary>
internal sealed class Comparison(PeerProcesses peers, Pace pace)
{
    /// <summary>Measures one workload.</summary>
    /// <param name="workload">What to do.</param>
    /// <param name="threads">How many threads each side may use.</param>
    public Result Run(Workload workload, int threads)
    {
        Action<int> run = workload.NetGen();
        NetGenContender netgen = new(run, threads);
        // What more threads gain, where there is something to compute.
        List<Contender> others = threads > 1 && workload.Work.Flops > 0 ? [new NetGenContender(run, 1)] : [];
        List<string> remarks = [];
        foreach (Peer peer in workload.Peers)
        {
            try
            {
                if (peers.Best(peer, workload.Work, threads) is { } best) others.Add(best);
            }
            catch (PeerException e)
            {
                remarks.Add(e.Message);
            }
        }

        Contender[] all = [netgen, .. others];
        foreach (Contender contender in all) contender.Warm(pace);

        double[][] seconds = [.. all.Select(_ => new double[pace.Rounds])];
        double[] shares = new double[pace.Rounds];
        long allocated = 0;
        for (int round = 0; round < pace.Rounds; round++)
        {
            for (int i = 0; i < all.Length; i++)
            {
                Pace.Rest(threads);
                if (i > 0)
                {
                    seconds[i][round] = all[i].Measure();
                    continue;
                }
                double before = FmaPeak.Measure();
                long bytes = GC.GetTotalAllocatedBytes(precise: true);
                seconds[0][round] = netgen.Measure();
                allocated = Math.Max(allocated, GC.GetTotalAllocatedBytes(precise: true) - bytes);
                double peak = (before + FmaPeak.Measure()) / 2 * threads;
                shares[round] = workload.Work.Flops / seconds[0][round] / peak;
            }
        }
        return new Result
        {
            Workload = workload,
            Threads = threads,
            Seconds = Statistics.Median(seconds[0]),
            Spread = Statistics.Spread(seconds[0]),
            ShareOfPeak = workload.Work.Flops > 0 ? Statistics.Median(shares) : null,
            AllocatedBytes = allocated,
            Others = [.. others.Select((other, i) => new OtherResult(other, Statistics.Median(seconds[i + 1]), Statistics.Spread(seconds[i + 1])))],
            Remarks = remarks,
        };
    }
}
