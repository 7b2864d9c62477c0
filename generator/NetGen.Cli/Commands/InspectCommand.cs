using System.CommandLine;
using NetGen.Cli.Page;
using NetGen.Cli.Reading;

namespace NetGen.Cli.Commands;

/// <summary><c>netgen inspect App.dll --network X --out page.html</c>: a page to explore what a network compiled to.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        Argument<string> assembly = Options.Assembly();
        Option<string?> network = Options.Network();
        Option<string?> weights = new("--weights") { Description = "A .safetensors file of the network, for histograms of its parameters.", HelpName = "file" };
        Option<string?> file = Options.Out("the page");
        Option<bool> json = new("--json") { Description = "Write what the page shows as JSON, for machines, instead of a page." };
        Command command = new("inspect", "Writes one HTML file that shows a network's graph, costs, memory and code.") { assembly, network, weights, file, json };
        command.SetAction(parsed =>
        {
            (Network found, string description) = NetworkFile.Read(parsed.GetValue(assembly)!).Find(parsed.GetValue(network));
            IReadOnlyList<TensorStatistics> statistics = parsed.GetValue(weights) is { } safetensors ? TensorStatistics.Read(safetensors) : [];
            bool asJson = parsed.GetValue(json);
            string text = asJson ? description + "\n" : ExplorerPage.Write(found, description, statistics);
            string? path = parsed.GetValue(file) ?? (asJson ? null : $"{found.Name}.html");
            if (path is null)
            {
                parsed.InvocationConfiguration.Output.Write(text);
                return 0;
            }
            File.WriteAllText(path, text);
            parsed.InvocationConfiguration.Output.WriteLine(path);
            return 0;
        });
        return command;
    }
}
