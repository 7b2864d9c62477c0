using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Compiler.Emit;

namespace NetGen.Compiler.Costs;

/// <summary>Prints a cost sheet for people: a line a layer, numbers aligned.</summary>
internal static class CostTable
{
    public static IEnumerable<string> Lines(CostSheet sheet)
    {
        var rows = new List<string[]> { new[] { "layer", "parameters", "weights", "arena", "FLOPs", "moved", "code", "estimate", "training" } };
        rows.AddRange(sheet.Layers.Select(row => Cells(row.Layer.Path, row.Parameters, row.ArenaBytes, row.Flops, row.BytesMoved, row.CodeBytes, row.Nanoseconds, row.TrainingFlops)));
        rows.Add(Cells("total", sheet.Parameters, sheet.ArenaBytes, sheet.Flops, sheet.BytesMoved, sheet.CodeBytes, sheet.Nanoseconds, sheet.TrainingFlops));
        int columns = rows[0].Length - (sheet.TrainingFlops == 0 ? 1 : 0);
        int[] widths = [.. Enumerable.Range(0, columns).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            yield return string.Join("  ", row.Take(columns).Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd();
        }
        yield return "Weights, arena, moved and code in bytes; estimate: the least time of one core that computes 96 FLOPs a nanosecond and reads 96 bytes of cache, or 16 of memory.";
        if (sheet.TrainingFlops > 0)
        {
            yield return "Training: FLOPs of Forward and Backward for one sample.";
        }
    }

    private static string[] Cells(string name, long parameters, long arena, long flops, long moved, int code, double nanoseconds, long training) =>
    [
        name, Grouped(parameters), Grouped(sizeof(float) * parameters), Grouped(arena), Grouped(flops), Grouped(moved), Grouped(code), nanoseconds == 0 ? "" : Time(nanoseconds),
        Grouped(training),
    ];

    private static string Grouped(long value) => value == 0 ? "" : Literal.Grouped(value);

    private static string Time(double nanoseconds) => nanoseconds < 1000
        ? nanoseconds.ToString("F1", CultureInfo.InvariantCulture) + " ns"
        : (nanoseconds / 1000).ToString("F1", CultureInfo.InvariantCulture) + " us";
}
