using System.Globalization;
using System.Text;

namespace NetGen;

public sealed partial record NetworkInfo
{
    /// <summary>
    /// The layers as a table of plain text, with the totals below: output shape, parameters and FLOPs of one sample's prediction. Several outputs stand behind the layers, each with its
    /// loss, that loss's weight where it is not 1, and its place in the row of a sample's outputs.
    /// </summary>
    public string Summary()
    {
        List<string[]> rows = [["Layer", "Output shape", "Params", "FLOPs"]];
        rows.AddRange(Inputs.Select(input => new[] { $"{input.Name} (Input)", input.Shape.ToString(), Number(0), Number(0) }));
        rows.AddRange(Layers.Select(layer => new[]
        {
            $"{layer.Name} ({layer.Description})", layer.OutputShape.ToString(), Number(layer.ParameterCount), Number(layer.Flops),
        }));
        rows.AddRange(Outputs.Where(_ => Outputs.Count > 1).Select(output => new[]
        {
            $"{output.Name} (Output{Training(output)})", $"{output.Shape}, row[{output.Range}]", Number(0), Number(0),
        }));
        string[] table = [.. TextTable.Lines(rows, 0, 1)];
        // The last column is of numbers, so that all lines end where the table does.
        string line = new('-', table[0].Length);

        StringBuilder text = new();
        text.Append(Name).Append('\n').Append(table[0]).Append('\n').Append(line).Append('\n');
        text.AppendJoin('\n', table.Skip(1)).Append('\n');
        text.Append(line).Append('\n');
        long bytes = (long)ParameterCount * sizeof(float);
        text.Append($"{Number(ParameterCount)} parameters ({Number(bytes)} bytes), {Number(Flops)} FLOPs per sample\n");
        return text.ToString();
    }

    private static string Training(OutputInfo output) =>
        output.Loss == LossKind.None ? "" : output.Weight == 1 ? $", {output.Loss}" : $", {output.Loss}, weight {output.Weight.ToString(CultureInfo.InvariantCulture)}";

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
