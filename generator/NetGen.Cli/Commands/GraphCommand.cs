using System.CommandLine;
using NetGen.Cli.Drawing;
using NetGen.Cli.Reading;

namespace NetGen.Cli.Commands;

/// <summary><c>netgen graph App.dll --network X --format svg</c>: the layers and what flows between them.</summary>
internal static class GraphCommand
{
    private static readonly Dictionary<string, Func<Network, string>> Formats = new()
    {
        ["mermaid"] = GraphText.Mermaid,
        ["dot"] = GraphText.Dot,
        ["svg"] = network => SvgDrawing.Draw(GraphLayout.Of(network), network, standalone: true),
    };

    public static Command Create()
    {
        Argument<string> assembly = Options.Assembly();
        Option<string?> network = Options.Network();
        Option<string> format = new("--format") { Description = "mermaid, dot or svg.", DefaultValueFactory = _ => "mermaid" };
        format.AcceptOnlyFromAmong([.. Formats.Keys]);
        Option<string?> file = Options.Out("the graph");
        Command command = new("graph", "Draws the layers of a network.") { assembly, network, format, file };
        command.SetAction(parsed =>
        {
            string text = Formats[parsed.GetValue(format)!](NetworkFile.Read(parsed.GetValue(assembly)!).Find(parsed.GetValue(network)).Network);
            if (parsed.GetValue(file) is { } path)
            {
                File.WriteAllText(path, text);
                return 0;
            }
            parsed.InvocationConfiguration.Output.Write(text);
            return 0;
        });
        return command;
    }
}
