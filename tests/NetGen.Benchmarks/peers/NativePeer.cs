using System.Reflection;

namespace NetGen.Benchmarks.Peers;

/// <summary>A peer whose native library is called from .NET: its process is another one of this program, <c>peer NAME LIBRARY</c>.</summary>
internal abstract class NativePeer : Peer
{
    public override bool IsInstalled => Configurations(threads: 1).Any();

    /// <summary>In the peer's process: loads the library.</summary>
    public abstract INativePeer Load(string library);

    public override IEnumerable<string> Command(PeerConfiguration configuration) => [.. ThisProgram.Command, "peer", Name, configuration.Library];

    /// <summary>Files of this name in the folders where Debian puts shared libraries, one for each architecture.</summary>
    protected static IEnumerable<string> SystemLibraries(string name) =>
        Directory.Exists("/usr/lib")
            ? Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu*").Select(folder => Path.Combine(folder, name)).Where(File.Exists)
            : [];
}

/// <summary>A loaded native library.</summary>
internal interface INativePeer
{
    string Version { get; }

    /// <summary>The ways in which it can do the work; empty when it cannot.</summary>
    IEnumerable<string> Variants(Work work);

    /// <summary>Reserves memory for the work, and gives a loop that does it as often as it is told.</summary>
    Action<int> Prepare(Work work, string variant);
}

/// <summary>How this program starts itself.</summary>
internal static class ThisProgram
{
    /// <summary>The program, and its assembly where the program is <c>dotnet</c>.</summary>
    public static string[] Command { get; } = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
        ? [Environment.ProcessPath!, Assembly.GetExecutingAssembly().Location]
        : [Environment.ProcessPath!];
}
