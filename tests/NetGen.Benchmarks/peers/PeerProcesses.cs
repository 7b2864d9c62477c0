using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Peers;

/// <summary>The processes of all peers, each started when it is first needed and kept, so that a comparison of many workloads starts each once.</summary>
internal sealed class PeerProcesses : IDisposable
{
    private static readonly Pace Trial = new(Rounds: 3, TurnSeconds: 0.005, WarmSeconds: 0.1);

    private readonly Dictionary<(string Peer, string Configuration, int Threads), PeerProcess> _processes = [];

    /// <summary>Peers that have run, with their versions.</summary>
    public IEnumerable<string> Versions => _processes.Values.Select(process => $"{process.Peer.Name} {process.Version}").Distinct().Order();

    /// <summary>The fastest configuration and variant of a peer for this work, by a short trial; null when the peer is not installed or cannot do it.</summary>
    /// <exception cref="PeerException">The peer does not work.</exception>
    public PeerContender? Best(Peer peer, Work work, int threads)
    {
        if (!peer.IsInstalled) return null;
        PeerContender[] candidates =
        [
            .. from configuration in peer.Configurations(threads)
               let process = Process(peer, configuration, threads)
               from variant in process.Variants(work)
               select new PeerContender(process, variant, work),
        ];
        return candidates.Length < 2 ? candidates.FirstOrDefault() : candidates.MinBy(Try);
    }

    /// <summary>What each variant of a peer computes from agreed numbers on one thread, with its name; nothing when the peer is not installed.</summary>
    /// <exception cref="PeerException">The peer does not work.</exception>
    public IEnumerable<(string Name, float[] Numbers)> Numbers(Peer peer, Work work)
    {
        if (!peer.IsInstalled) yield break;
        PeerProcess process = Process(peer, peer.Configurations(threads: 1).First(), threads: 1);
        foreach (string variant in process.Variants(work)) yield return (new PeerContender(process, variant, work).Name, process.Numbers(variant, work));
    }

    public void Dispose()
    {
        foreach (PeerProcess process in _processes.Values) process.Dispose();
    }

    private static double Try(PeerContender candidate)
    {
        candidate.Warm(Trial);
        double best = double.PositiveInfinity;
        for (int round = 0; round < Trial.Rounds; round++)
        {
            Pace.Rest(candidate.Threads);
            best = Math.Min(best, candidate.Measure());
        }
        return best;
    }

    private PeerProcess Process(Peer peer, PeerConfiguration configuration, int threads)
    {
        var key = (peer.Name, configuration.Name, threads);
        if (!_processes.TryGetValue(key, out PeerProcess? process)) _processes[key] = process = new(peer, configuration, threads);
        return process;
    }
}
