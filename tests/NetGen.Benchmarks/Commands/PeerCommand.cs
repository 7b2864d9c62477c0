using System.CommandLine;
using NetGen.Benchmarks.Peers;

namespace NetGen.Benchmarks.Commands;

/// <summary><c>peer</c>: the process of a native peer. <c>compare</c> starts it; nobody else has to.</summary>
internal static class PeerCommand
{
    public static Command Create()
    {
        Argument<string> name = new("name");
        Argument<string> library = new("library");
        Command command = new("peer", "Answers questions about a native library's speed from standard input.") { name, library };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            NativePeer peer = PeerTable.All.OfType<NativePeer>().FirstOrDefault(peer => peer.Name == parsed.GetValue(name))
                ?? throw new FormatException($"there is no native peer '{parsed.GetValue(name)}'");
            return NativePeerHost.Run(() => peer.Load(parsed.GetValue(library)!));
        });
        return command;
    }
}
