using System.Diagnostics;
using System.Globalization;

namespace NetGen.Benchmarks.Peers;

/// <summary>
/// A peer's process. It is asked in lines and answers in lines: <c>variants WORK</c> gives the names of the ways in which it can do the work,
/// <c>time REPETITIONS VARIANT WORK</c> gives the seconds of one repetition, and <c>numbers VARIANT WORK</c> what it computes from agreed numbers, for works
/// of images. A line that starts with <c>error</c> says what went wrong.
/// </summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts a peer's process.</summary>
    /// <exception cref="PeerException">It does not start.</exception>
    public PeerProcess(Peer peer, PeerConfiguration configuration, int threads)
    {
        Peer = peer;
        Configuration = configuration;
        Threads = threads;
        _process = Process.Start(peer.StartInfo(configuration, threads)) ?? throw new PeerException($"{peer.Name}'s process does not start");
        Version = Read();
    }

    public Peer Peer { get; }

    public PeerConfiguration Configuration { get; }

    public int Threads { get; }

    /// <summary>The library's version, in its own words.</summary>
    public string Version { get; }

    /// <summary>Names of the ways in which the peer can do the work; empty when it cannot.</summary>
    public string[] Variants(Work work) => Ask($"variants {work}").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Seconds for one repetition.</summary>
    public double Time(int repetitions, string variant, Work work) =>
        double.Parse(Ask($"time {repetitions} {variant} {work}"), CultureInfo.InvariantCulture);

    /// <summary>What the work computes from <see cref="Images.AgreedNumbers"/>.</summary>
    public float[] Numbers(string variant, Work work) =>
        [.. Ask($"numbers {variant} {work}").Split(' ').Select(number => float.Parse(number, CultureInfo.InvariantCulture))];

    private string Ask(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        return Read();
    }

    private string Read()
    {
        string answer = _process.StandardOutput.ReadLine() ?? throw new PeerException($"{Peer.Name}'s process has ended");
        return answer.StartsWith("error", StringComparison.Ordinal) ? throw new PeerException($"{Peer.Name}: {answer["error ".Length..]}") : answer;
    }

    /// <summary>Ends the process: it ends by itself when nobody can ask any more.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5))) _process.Kill();
        _process.Dispose();
    }
}
