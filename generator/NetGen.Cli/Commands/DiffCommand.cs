using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NetGen.Cli.Reading;
using Spectre.Console;

namespace NetGen.Cli.Commands;

/// <summary>One thing that changed between two builds.</summary>
/// <param name="Network">The network.</param>
/// <param name="Layer">The layer; null for the network as a whole.</param>
/// <param name="What">What of it: <c>layer</c>, <c>reads</c>, <c>output</c>, <c>parameters</c>, <c>FLOPs</c> and so on.</param>
/// <param name="Before">What it was; null where it was not there.</param>
/// <param name="After">What it is; null where it is gone.</param>
public sealed record Difference(string Network, string? Layer, string What, string? Before, string? After);

/// <summary><c>netgen diff old.dll new.dll</c>: what changed between the networks of two builds.</summary>
internal static class DiffCommand
{
    public static Command Create()
    {
        Argument<string> old = Options.Assembly("old");
        Argument<string> current = Options.Assembly("new");
        Option<string?> network = Options.Network();
        Option<bool> json = Options.Json();
        Command command = new("diff", "Lists what changed between the networks of two builds.") { old, current, network, json };
        command.SetAction(parsed =>
        {
            (NetworkFile before, NetworkFile after) = (NetworkFile.Read(parsed.GetValue(old)!), NetworkFile.Read(parsed.GetValue(current)!));
            IReadOnlyList<Difference> differences = parsed.GetValue(network) is { } name
                ? [.. Compare(before.Find(name).Network, after.Find(name).Network)]
                : [.. Compare(before, after)];
            TextWriter output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteLine(JsonSerializer.Serialize(differences, JsonModel.Default.IReadOnlyListDifference));
                return 0;
            }
            if (differences.Count == 0)
            {
                output.WriteLine("Nothing changed.");
                return 0;
            }
            Table table = Text.Table("network", "layer", "what", ">before", ">after");
            foreach (Difference one in differences)
            {
                table.Row(one.Network, one.Layer ?? "", one.What, one.Before ?? "", one.After ?? "");
            }
            Text.Console(output).Write(table);
            return 0;
        });
        return command;
    }

    private static IEnumerable<Difference> Compare(NetworkFile before, NetworkFile after)
    {
        var olds = before.Networks.ToDictionary(pair => pair.Network.FullName, pair => pair.Network);
        var news = after.Networks.ToDictionary(pair => pair.Network.FullName, pair => pair.Network);
        foreach (string name in olds.Keys.Union(news.Keys).Order(StringComparer.Ordinal))
        {
            (Network? old, Network? current) = (olds.GetValueOrDefault(name), news.GetValueOrDefault(name));
            IEnumerable<Difference> found = old is not null && current is not null
                ? Compare(old, current)
                : [new(name, null, "network", ParametersOf(old), ParametersOf(current))];
            foreach (Difference difference in found)
            {
                yield return difference;
            }
        }
    }

    /// <summary>Layers are the same where their paths are: a layer without a name is called after its kind and number, so one put before it renames those of its kind after it.</summary>
    private static IEnumerable<Difference> Compare(Network before, Network after)
    {
        foreach ((string what, string old, string current) in Changes(Totals(before), Totals(after)))
        {
            yield return new(after.FullName, null, what, old, current);
        }
        Dictionary<(bool, string), NetworkLayer> olds = before.Layers.ToDictionary(Key), news = after.Layers.ToDictionary(Key);
        foreach ((bool IsLoss, string Path) key in before.Layers.Concat(after.Layers).Select(Key).Distinct())
        {
            string path = key.Path;
            (NetworkLayer? old, NetworkLayer? current) = (olds.GetValueOrDefault(key), news.GetValueOrDefault(key));
            if (old is null || current is null)
            {
                yield return new(after.FullName, path, "layer", old?.Description, current?.Description);
                continue;
            }
            foreach ((string what, string was, string now) in Changes(Facts(before, old), Facts(after, current)))
            {
                yield return new(after.FullName, path, what, was, now);
            }
        }
    }

    // A layer may be called as the loss is.
    private static (bool IsLoss, string Path) Key(NetworkLayer layer) => (layer.Kind == "loss", layer.Path);

    private static string? ParametersOf(Network? network) => network is null ? null : Text.Of(network.Totals.Parameters) + " parameters";

    private static IEnumerable<(string What, string Before, string After)> Changes(IEnumerable<(string What, string Value)> before, IEnumerable<(string What, string Value)> after) =>
        before.Zip(after, (old, current) => (old.What, old.Value, current.Value)).Where(change => change.Item2 != change.Item3);

    private static IEnumerable<(string What, string Value)> Totals(Network network) => [("mode", network.Mode), ("output", network.Output), .. Costs(network.Totals)];

    private static IEnumerable<(string What, string Value)> Facts(Network network, NetworkLayer layer) =>
        [("layer", layer.Description), ("reads", Reads(network, layer)), ("output", layer.Output), .. Costs(layer.Cost ?? new(0, 0, 0, 0, 0, 0, 0))];

    private static IEnumerable<(string What, string Value)> Costs(Cost cost) =>
    [
        ("parameters", Text.Of(cost.Parameters)), ("FLOPs", Text.Of(cost.Flops)), ("training FLOPs", Text.Of(cost.TrainingFlops)),
        ("arena bytes", Text.Of(cost.ArenaBytes)), ("bytes moved", Text.Of(cost.BytesMoved)),
        ("code bytes", Text.Of(cost.CodeBytes)), ("estimate", string.Create(CultureInfo.InvariantCulture, $"{cost.Nanoseconds:F1} ns")),
    ];

    private static string Reads(Network network, NetworkLayer layer)
    {
        int index = network.Layers.Index().First(pair => pair.Item == layer).Index;
        return string.Join(", ", network.Edges.Where(edge => edge[1] == index).Select(edge => network.Layers[edge[0]].Path));
    }
}
