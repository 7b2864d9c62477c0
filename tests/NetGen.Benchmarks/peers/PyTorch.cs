using System.ComponentModel;
using System.Diagnostics;
using NetGen.Testing;

namespace NetGen.Benchmarks.Peers;

/// <summary>PyTorch on Debian's Python, in the process of <c>torch_peer.py</c>.</summary>
/// <param name="name">As the report calls it.</param>
/// <param name="options">What the process is told about how to compute.</param>
internal sealed class PyTorch(string name, params string[] options) : Peer
{
    private readonly Lazy<string?> _interpreter = new(FindInterpreter);

    public override string Name => name;

    public override string InstallCommand => "apt-get install python3-torch libopenblas0-pthread libopenblas0-openmp (or set NETGEN_PYTHON to a Python that imports torch)";

    public override bool IsInstalled => _interpreter.Value != null;

    /// <summary>
    /// Which OpenBLAS it multiplies with, and on how many threads: its own threads and those of a pthread OpenBLAS can fight for the same cores. A PyTorch
    /// that brings its own library ignores all of it.
    /// </summary>
    public override IEnumerable<PeerConfiguration> Configurations(int threads)
    {
        PeerConfiguration[] found =
        [
            .. from build in new[] { "pthread", "openmp" }
               from folder in Directory.Exists("/usr/lib") ? Directory.GetDirectories("/usr/lib", "*-linux-gnu*") : []
               let library = Path.Combine(folder, $"openblas-{build}")
               where Directory.Exists(library)
               from blasThreads in new[] { 1, threads }.Distinct()
               select Configuration(
                   threads == 1 ? $"{build} OpenBLAS" : $"{build} OpenBLAS on {blasThreads}",
                   new() { ["LD_LIBRARY_PATH"] = library, ["OPENBLAS_NUM_THREADS"] = $"{blasThreads}" }),
        ];
        return found.Length > 0 ? found : [Configuration("", [])];
    }

    public override IEnumerable<string> Command(PeerConfiguration configuration) =>
        [_interpreter.Value!, Path.Combine(Repository.Root, "tests", "NetGen.Benchmarks", "peers", "torch_peer.py"), .. options];

    // The C library returns large blocks to the system at once and has them cleared anew by the next step, unless it is told to keep them.
    private static PeerConfiguration Configuration(string name, Dictionary<string, string> environment)
    {
        environment["MALLOC_TRIM_THRESHOLD_"] = "4000000000";
        environment["MALLOC_MMAP_THRESHOLD_"] = "4000000000";
        environment["MALLOC_TOP_PAD_"] = "67108864";
        return new(name, environment);
    }

    private static string? FindInterpreter()
    {
        string[] candidates = Environment.GetEnvironmentVariable("NETGEN_PYTHON") is { Length: > 0 } chosen ? [chosen] : ["/usr/bin/python3", "python3"];
        return candidates.FirstOrDefault(ImportsTorch);
    }

    private static bool ImportsTorch(string interpreter)
    {
        try
        {
            ProcessStartInfo start = new(interpreter, ["-c", "import torch"]) { RedirectStandardError = true, RedirectStandardOutput = true };
            using Process process = Process.Start(start)!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
