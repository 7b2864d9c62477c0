using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NetGen.Cli.Reading;
using Spectre.Console;

namespace NetGen.Cli.Commands;

/// <summary><c>netgen weights file.safetensors</c>: names, shapes and what the numbers look like.</summary>
internal static class WeightsCommand
{
    private const string Bars = " ▁▂▃▄▅▆▇█";

    public static Command Create()
    {
        Argument<string> file = new("file") { Description = "A .safetensors file, or a frozen .netgen file." };
        Option<bool> json = Options.Json();
        Command command = new("weights", "Lists the tensors of a weights file with statistics and histograms.") { file, json };
        command.SetAction(parsed =>
        {
            IReadOnlyList<TensorStatistics> tensors = TensorStatistics.Read(parsed.GetValue(file)!);
            TextWriter output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteLine(JsonSerializer.Serialize(tensors, JsonModel.Default.IReadOnlyListTensorStatistics));
                return 0;
            }
            Table table = Text.Table("tensor", "type", "shape", ">numbers", ">min", ">mean", ">max", ">deviation", ">zeros", ">not finite", "from min to max");
            foreach (TensorStatistics tensor in tensors)
            {
                bool known = tensor.Histogram.Count > 0;
                bool broken = known ? tensor.Finite < tensor.Count : tensor is { Count: > 0, Type: "F32" or "F16" or "BF16" or "F64" };
                table.Row(
                    tensor.Name, tensor.Type, tensor.Shape.Count == 0 ? "scalar" : string.Join("x", tensor.Shape), Text.Of(tensor.Count),
                    known ? Number(tensor.Minimum) : "", known ? Number(tensor.Mean) : "", known ? Number(tensor.Maximum) : "", known ? Number(tensor.Deviation) : "",
                    tensor.Zeros > 0 ? Text.Of(tensor.Zeros) : "", broken ? Text.Of(tensor.Count - tensor.Finite) : "", Histogram(tensor.Histogram));
            }
            Text.Console(output).Write(table);
            return 0;
        });
        return command;
    }

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>A bar a part, the highest full; a part that holds anything shows.</summary>
    private static string Histogram(IReadOnlyList<int> counts)
    {
        int most = counts.DefaultIfEmpty().Max();
        return string.Concat(counts.Select(count => Bars[count == 0 ? 0 : Math.Max(1, (int)Math.Round((double)count / most * (Bars.Length - 1)))]));
    }
}
