using System.CommandLine;
using System.Text.Json;
using NetGen.Cli.Reading;
using Spectre.Console;

namespace NetGen.Cli.Commands;

/// <summary><c>netgen summary App.dll</c>: the layers of each network with what they cost.</summary>
internal static class SummaryCommand
{
    public static Command Create()
    {
        Argument<string> assembly = Options.Assembly();
        Option<string?> network = Options.Network();
        Option<bool> json = Options.Json();
        Command command = new("summary", "Lists the layers of networks with what each costs.") { assembly, network, json };
        command.SetAction(parsed =>
        {
            NetworkFile file = NetworkFile.Read(parsed.GetValue(assembly)!);
            IReadOnlyList<Network> networks = parsed.GetValue(network) is { } name ? [file.Find(name).Network] : [.. file.Networks.Select(pair => pair.Network)];
            TextWriter output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteLine(JsonSerializer.Serialize(networks, JsonModel.Default.IReadOnlyListNetwork));
                return 0;
            }
            foreach (Network one in networks)
            {
                Write(one, output);
            }
            return 0;
        });
        return command;
    }

    private static void Write(Network network, TextWriter output)
    {
        Cost totals = network.Totals;
        output.WriteLine($"{network.FullName} ({network.Mode})");
        output.WriteLine(
            $"{Text.Of(totals.Parameters)} parameters, {Text.Bytes(sizeof(float) * totals.Parameters)}; one prediction: {Text.Of(totals.Flops)} FLOPs, " +
            $"{Text.Bytes(totals.ArenaBytes)} of arena, {Text.Bytes(totals.BytesMoved)} moved, at least {Text.Time(totals.Nanoseconds)}");
        Table table = Text.Table("layer", "", "output", ">parameters", ">FLOPs", ">training", ">arena", ">moved", ">code", ">estimate", "source");
        foreach (NetworkLayer layer in network.Layers)
        {
            Cost? cost = layer.Cost;
            table.Row(
                layer.Path, layer.Description, layer.Output, Number(cost?.Parameters), Number(cost?.Flops), Number(cost?.TrainingFlops),
                Size(cost?.ArenaBytes), Size(cost?.BytesMoved), Size(cost?.CodeBytes),
                cost is { Nanoseconds: > 0 } ? Text.Time(cost.Nanoseconds) : "", layer.Source is { } source ? $"{source.File}:{source.Line}" : "");
        }
        Text.Console(output).Write(table);
    }

    private static string Number(long? value) => value is null or 0 ? "" : Text.Of(value.Value);

    private static string Size(long? value) => value is null or 0 ? "" : Text.Bytes(value.Value);
}
