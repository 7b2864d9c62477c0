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
