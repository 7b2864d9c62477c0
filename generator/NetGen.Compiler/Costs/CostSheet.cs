using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Costs;

/// <summary>What one layer costs when one sample is predicted, and what it computes when one is trained on.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Parameters">Numbers that it owns.</param>
/// <param name="ArenaBytes">Bytes of the arena that are taken while it runs, its own values and what others keep there; 0 where it runs in another layer's code.</param>
/// <param name="Flops">Floating-point operations, of the layer as written.</param>
/// <param name="TrainingFlops">Floating-point operations of a training step, forward and backward, for one sample of the batch; 0 where nothing trains.</param>
/// <param name="BytesMoved">Bytes of parameters and values that its code reads and writes, each once.</param>
/// <param name="CodeBytes">Bytes of C# of its methods, those of training among them; straight-line code for several layers is its first one's.</param>
/// <param name="Nanoseconds">The least time of its code by the <see cref="Roofline"/>.</param>
public sealed record LayerCost(Layer Layer, long Parameters, long ArenaBytes, long Flops, long TrainingFlops, long BytesMoved, int CodeBytes, double Nanoseconds);

/// <summary>What a network costs, layer by layer.</summary>
/// <param name="Layers">A row a layer.</param>
/// <param name="ArenaBytes">Bytes of the arena for one sample.</param>
public sealed record CostSheet(IReadOnlyList<LayerCost> Layers, long ArenaBytes)
{
    public static CostSheet Empty { get; } = new([], 0);

    public long Parameters => Layers.Sum(row => row.Parameters);

    public long Flops => Layers.Sum(row => row.Flops);

    public long TrainingFlops => Layers.Sum(row => row.TrainingFlops);

    public long BytesMoved => Layers.Sum(row => row.BytesMoved);

    public int CodeBytes => Layers.Sum(row => row.CodeBytes);

    public double Nanoseconds => Layers.Sum(row => row.Nanoseconds);

    /// <param name="network">The network.</param>
    /// <param name="prediction">What Predict runs.</param>
    /// <param name="training">What Forward and Backward run; null where nothing trains.</param>
    /// <param name="codeSize">Bytes of C# of a layer.</param>
    internal static CostSheet Of(LoweredNetwork network, CompiledProgram prediction, CompiledProgram? training, Func<Layer, int> codeSize)
    {
        MemoryPlan plan = prediction.Plan;
        Node[] order = [.. prediction.Schedule.All];
        long[] taken = TakenBytes(plan, order.Length);
        ILookup<Layer, (Node Node, int Time)> byLayer = order.Select((node, time) => (node, time)).ToLookup(pair => pair.node.Layer);
        ILookup<Layer, long> trained = (training?.Schedule.All ?? []).ToLookup(node => node.Layer, node => node.Op.Flops(node));
        bool inCache = sizeof(float) * (network.Parameters.Sum(tensor => (long)tensor.Count) + plan.ArenaSize.PerSample + plan.ArenaSize.Constant) <= Roofline.CacheBytes;
        return new([.. network.Layers.Select(RowOf)], sizeof(float) * ((long)plan.ArenaSize.PerSample + plan.ArenaSize.Constant));

        LayerCost RowOf(LayerRow row)
        {
            Node[] nodes = [.. byLayer[row.Layer].Select(pair => pair.Node)];
            ILookup<bool, long> touched = nodes.SelectMany(Touched)
                .Where(touched => plan.Locations[touched.Value].Region is not (Region.Registers or Region.Result))
                .ToLookup(touched => plan.Locations[touched.Value].Region is Region.Parameters, touched => sizeof(float) * touched.Floats);
            (long weights, long others) = (touched[true].Sum(), touched[false].Sum());
            return new(
                row.Layer,
                row.Parameters.Sum(tensor => (long)tensor.Count),
                byLayer[row.Layer].Select(pair => taken[pair.Time]).DefaultIfEmpty().Max(),
                row.Flops,
                trained[row.Layer].Sum(),
                weights + others,
                codeSize(row.Layer),
                Roofline.Nanoseconds(nodes.Sum(node => node.Op.Flops(node)), weights, others, inCache));
        }
    }

    /// <summary>What a node reads and writes of one sample. Of a table or a value that it takes a part of, it reads as much as it gives.</summary>
    private static IEnumerable<(Node Value, long Floats)> Touched(Node node) => node.Op is Sink ? [] : node.Operands
        .Select(operand => (operand.Origin, node.Op is Embed or Slice ? Math.Min(operand.Shape.Count, node.Shape.Count) : operand.Shape.Count))
        .Concat(node.Results.Prepend(node).Select(value => (value, value.Shape.Count)));

    /// <summary>Bytes of the arena that are taken at each place of the schedule, for one sample.</summary>
    private static long[] TakenBytes(MemoryPlan plan, int length)
    {
        long[] taken = new long[length + 1];
        foreach (ArenaSlot slot in plan.Slots.Where(slot => slot.First < length))
        {
            taken[Math.Max(slot.First, 0)] += sizeof(float) * (long)slot.Floats;
            taken[Math.Min(slot.Last + 1, length)] -= sizeof(float) * (long)slot.Floats;
        }
        for (int time = 1; time < length; time++)
        {
            taken[time] += taken[time - 1];
        }
        return taken;
    }
}
