using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>A border of one number around an image, a sequence or features.</summary>
internal sealed class PadLayer : LayerKind
{
    public override string Kind => "Pad";

    public override IReadOnlyList<string> Positional => ["sizes"];

    public override IReadOnlyList<ArgumentSpec> Defaults { get; } = [new("value", new([0f]))];

    public override Node Lower(LayerContext context)
    {
        Shape shape = context.Input.Shape;
        IReadOnlyList<int> sizes = context.Element.Ints("sizes");
        // Channels and features have no neighbours: a border leaves them out, unless each axis is named or there is no other.
        int[] pixels = [.. Enumerable.Range(0, shape.Rank).Where(axis => shape.Rank == 1 || axis != ChannelAxis.Of(shape))];
        int[]? axes = sizes.Count == 1 || sizes.Count == 2 * pixels.Length ? pixels : sizes.Count == 2 * shape.Rank ? [.. Enumerable.Range(0, shape.Rank)] : null;
        string counts = pixels.Length == shape.Rank ? $"{2 * shape.Rank}" : $"{2 * pixels.Length} (without the {(shape.Rank == 2 ? "features" : "channels")}) or {2 * shape.Rank}";
        context.Expect(
            axes is not null && sizes.All(size => size >= 0), "sizes", $"of one number for all sides, or {counts} of at least 0, what comes before each axis and then what comes after each",
            sizes.Count == 0 ? "none" : string.Join(", ", sizes));
        float value = context.Element.Float("value", 0);
        context.Expect(!float.IsNaN(value) && !float.IsInfinity(value), "value", "that is finite", value);

        int[] before = new int[shape.Rank], after = new int[shape.Rank];
        for (int index = 0; index < axes!.Length; index++)
        {
            before[axes[index]] = sizes.Count == 1 ? sizes[0] : sizes[index];
            after[axes[index]] = sizes.Count == 1 ? sizes[0] : sizes[axes.Length + index];
        }
        double floats = shape.Extents.Select((extent, axis) => (double)before[axis] + extent + after[axis]).Aggregate((product, extent) => product * extent);
        context.Expect(floats <= NetworkLowerer.MaxFloats, "sizes", $"that keep a sample within {Literal.Grouped(NetworkLowerer.MaxFloats)} floats", string.Join(", ", sizes));
        return context.Add(new Pad(new(before), new(after), value), context.Input);
    }
}
