using System.Diagnostics;

namespace NetGen.Benchmarks.Peers;

/// <summary>A library that NetGen is measured beside. It always runs in a process of its own.</summary>
internal abstract class Peer
{
    /// <summary>Variables that change how a peer computes, whoever exported them: a peer gets those of its configuration and no others.</summary>
    private static readonly string[] TuningVariables = ["OPENBLAS_", "OMP_", "GOMP_", "KMP_", "MKL_", "DNNL_", "ONEDNN_", "LD_LIBRARY_PATH", "LD_PRELOAD"];

    /// <summary>As the report and the command line call it.</summary>
    public abstract string Name { get; }

    /// <summary>What to type where it is not installed.</summary>
    public abstract string InstallCommand { get; }

    /// <summary>Whether it is installed here.</summary>
    public abstract bool IsInstalled { get; }

    /// <summary>The ways of setting it up for a number of threads, of which the fastest is measured.</summary>
    public abstract IEnumerable<PeerConfiguration> Configurations(int threads);

    /// <summary>The command line of its process.</summary>
    public abstract IEnumerable<string> Command(PeerConfiguration configuration);

    /// <summary>How its process is started.</summary>
    public ProcessStartInfo StartInfo(PeerConfiguration configuration, int threads)
    {
        string[] command = [.. Command(configuration)];
        ProcessStartInfo start = new(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (string name in start.Environment.Keys.Where(name => TuningVariables.Any(name.StartsWith)).ToArray()) start.Environment.Remove(name);
        start.Environment["OMP_NUM_THREADS"] = $"{threads}";
        start.Environment["OPENBLAS_NUM_THREADS"] = $"{threads}";
        foreach ((string name, string value) in configuration.Environment) start.Environment[name] = value;
        return start;
    }
}
