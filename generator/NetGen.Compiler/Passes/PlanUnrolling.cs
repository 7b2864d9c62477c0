using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Passes;

/// <summary>
/// Chooses what becomes straight-line code. A run of consecutive nodes that can be unrolled is unrolled as a whole or not at all by
/// <see cref="UnrollMode.Auto"/>: a part of it would save little beside the rest, and a run without a product nothing. <see cref="UnrollMode.Always"/>
/// cuts a long run into several methods.
/// </summary>
public static class PlanUnrolling
{
    /// <summary>Plans a program.</summary>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="schedule">Its order.</param>
    /// <param name="option">What the user wants.</param>
    public static Unrolling Run(Graph graph, Schedule schedule, UnrollMode option)
    {
        var refused = new Dictionary<Node, string>();
        ILookup<Node, Node> users = UsersOf(graph);
        Segment[] segments = [.. Runs(schedule.Forward).SelectMany(run => Cut(run, option, refused))
            .Select(nodes => new Segment(nodes, [.. nodes.Where(node => StaysInside(node, nodes))]))];
        return new(segments, refused);

        bool StaysInside(Node value, IReadOnlyList<Node> segment) =>
            users[value].All(user => segment.Contains(user) && (value.Op is not Concat || user.Op is MatMul or Concat));
    }

    /// <summary>Who reads each value; reading an alias is reading the value itself.</summary>
    private static ILookup<Node, Node> UsersOf(Graph graph) =>
        graph.Nodes.Where(node => !node.Op.IsAlias).SelectMany(node => node.Operands.Select(operand => (Value: operand.Origin, node)))
            .ToLookup(pair => pair.Value, pair => pair.node);

    /// <summary>Maximal runs of nodes that can be unrolled. A sink takes no time, so it ends none.</summary>
    private static IEnumerable<IReadOnlyList<Node>> Runs(IReadOnlyList<Node> schedule)
    {
        var run = new List<Node>();
        foreach (Node node in schedule.Where(node => node.Op is not Sink))
        {
            if (IsPossible(node))
            {
                run.Add(node);
            }
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }
        if (run.Count > 0)
        {
            yield return run;
        }
    }

    private static IEnumerable<IReadOnlyList<Node>> Cut(IReadOnlyList<Node> run, UnrollMode option, Dictionary<Node, string> refused)
    {
        if (option == UnrollMode.Never)
        {
            Refuse(run, "Unroll = Never");
            return [];
        }
        if (option == UnrollMode.Auto)
        {
            long cost = run.Sum(UnrollCost.Of);
            if (cost <= UnrollCost.AutoBudget && run.Any(node => node.Op is MatMul))
            {
                return [run];
            }
            Refuse(run, cost > UnrollCost.AutoBudget
                ? $"{Literal.Grouped(cost)} vector multiply-adds{(run.Count == 1 ? "" : " with the layers around it")} are more than {UnrollCost.AutoBudget}"
                : "there is no product beside it");
            return [];
        }
        var parts = new List<List<Node>>();
        long total = UnrollCost.MethodBudget;
        foreach (Node node in run)
        {
            long cost = UnrollCost.Of(node);
            if (cost > UnrollCost.MethodBudget)
            {
                Refuse([node], $"{Literal.Grouped(cost)} vector multiply-adds are more than {UnrollCost.MethodBudget}");
                total = UnrollCost.MethodBudget;
                continue;
            }
            if (total + cost > UnrollCost.MethodBudget)
            {
                parts.Add([]);
                total = 0;
            }
            parts[parts.Count - 1].Add(node);
            total += cost;
        }
        return parts;

        void Refuse(IEnumerable<Node> nodes, string reason)
        {
            foreach (Node node in nodes)
            {
                refused[node] = reason;
            }
        }
    }

    /// <summary>
    /// Whether straight-line code can compute a node for one sample: products of one row, element-wise ops, joined vectors and parts of the input. A vector that is
    /// the same for all samples must be a parameter or state.
    /// </summary>
    private static bool IsPossible(Node node) => node.Shape.Batched && node.Op switch
    {
        MatMul { Form: MatMulForm.Product } product => node.Shape.Rank == 1 && product.Epilogue is { HasResidual: false, Channels: not ChannelMap.ScaleAndShift },
        Concat => node.Shape.Rank == 1,
        Slice => node.Shape.Rank == 1 && node.Operands[0].Origin.Op is Input,
        _ => node.Op.IsElementwise && node.Operands.All(operand => operand.Shape.Count == node.Shape.Count && (operand.Shape.Batched || operand.Op is Parameter or State)),
    };
}
