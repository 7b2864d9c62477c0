using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Peers;

/// <summary>A peer that does one work in one of its ways.</summary>
internal sealed class PeerContender(PeerProcess process, string variant, Work work) : Contender
{
    public Peer Peer => process.Peer;

    public override string Name
    {
        get
        {
            string[] details = [.. new[] { variant, process.Configuration.Name }.Where(text => text.Length > 0 && text != NativePeerHost.OnlyVariant)];
            return details.Length == 0 ? Peer.Name : $"{Peer.Name} ({string.Join(", ", details)})";
        }
    }

    public override int Threads => process.Threads;

    public override double Measure(int repetitions) => process.Time(repetitions, variant, work);
}
