using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Lowering;

/// <summary>Why two shapes cannot be combined, in the words of those who made them: which extents differ, and what makes them equal.</summary>
internal static class ShapeDifference
{
    private static readonly string[][] Axes = [[], ["features"], ["times", "features"], ["channels", "heights", "widths"], ["channels", "depths", "heights", "widths"]];

    /// <summary>A clause for the end of a message.</summary>
    /// <param name="left">One shape.</param>
    /// <param name="right">The other, which is not equal.</param>
    /// <param name="freeAxis">An axis that may differ.</param>
    /// <param name="advice">What to do; null for what helps with such extents.</param>
    public static string Explain(Shape left, Shape right, int? freeAxis, string? advice)
    {
        if (left.Rank != right.Rank)
        {
            return advice ?? "bring both to one number of axes, for instance with [Flatten] or [Reshape]";
        }
        int[] differing = [.. Enumerable.Range(0, left.Rank).Where(axis => axis != freeAxis && left.Extents[axis] != right.Extents[axis])];
        string[] extents = [.. differing.Select(axis => $"{Axes[left.Rank][axis]} ({left.Extents[axis]} and {right.Extents[axis]})")];
        string difference = left.Rank == 1 ? "" : $"their {Join(extents)} differ: ";
        return difference + (advice ?? Advice(left, right, differing));
    }

    private static string Advice(Shape left, Shape right, int[] differing)
    {
        int channels = ChannelAxis.Of(left);
        string mix = left.Rank <= 2 ? $"[Dense({right.Extents[channels]})]" : $"[Conv{left.Rank - 1}D({right.Extents[channels]}, 1)]";
        string scale = left.Rank == 3 ? "with pooling or [Upsample2D]" : "with pooling";
        return differing.All(axis => axis == channels) ? $"give both as many, for instance with a {mix} between"
            : $"give the layers of both the same strides and padding, or bring one to the other's size {scale}";
    }

    private static string Join(string[] parts) =>
        parts.Length == 1 ? parts[0] : $"{string.Join(", ", parts.Take(parts.Length - 1))} and {parts[parts.Length - 1]}";
}
