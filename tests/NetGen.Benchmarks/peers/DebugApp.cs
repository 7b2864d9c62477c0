using System.Diagnostics;
using NetGen.Testing;

namespace NetGen.Benchmarks.Peers;

/// <summary>The app in <c>debug-app</c>, built in one configuration, against the Release runtime in all of them.</summary>
/// <param name="build">The configuration.</param>
internal sealed class DebugApp(string build) : Peer
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "NetGen.Benchmarks", "debug-app");

    public override string Name => build;

    public override string InstallCommand => $"dotnet build -c {build} {Folder}";

    public override bool IsInstalled => File.Exists(Assembly);

    private string Assembly => Path.Combine(Folder, "bin", build, "net10.0", "DebugApp.dll");

    /// <summary>Builds the app.</summary>
    /// <exception cref="PeerException">It does not build; the message has what the compiler says.</exception>
    public void Build()
    {
        ProcessStartInfo start = new("dotnet", ["build", "-c", build, "-v", "quiet", "-nologo", "-nodeReuse:false", Folder]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start) ?? throw new PeerException("dotnet does not start");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new PeerException($"{InstallCommand} fails:\n{output}");
    }

    public override IEnumerable<PeerConfiguration> Configurations(int threads) => [new("", new Dictionary<string, string>())];

    public override IEnumerable<string> Command(PeerConfiguration configuration) => ["dotnet", Assembly];
}
