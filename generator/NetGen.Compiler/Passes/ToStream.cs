using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Passes;

/// <summary>What a network over a sequence becomes when the sequence comes step by step.</summary>
/// <param name="Graph">One step, as a sequence of one; null where the network cannot.</param>
/// <param name="Floats">What is remembered from step to step.</param>
/// <param name="Limit">Steps that a stream may take; null for any number.</param>
/// <param name="Obstacle">The first node that needs more than the steps so far; null where there is none, or the network reads no sequence.</param>
public sealed record StreamForm(Graph? Graph, int Floats, int? Limit, Node? Obstacle)
{
    /// <summary>Of a network that does not read one sequence.</summary>
    public static StreamForm NoSequence { get; } = new(null, 0, null, null);

    /// <summary>Of a network with an op that needs more than the steps so far.</summary>
    public static StreamForm BlockedBy(Node node) => new(null, 0, null, node);
}

/// <summary>
/// Turns what Predict computes over a sequence into one step of it: each node that has a time axis becomes its form for one step, which may remember something, and the others
/// stay. Ops say for themselves what that form is.
/// </summary>
public static class ToStream
{
    /// <param name="prediction">The graph, specialised for prediction.</param>
    /// <param name="readsIds">Whether the input is a sequence of ids, which have no features.</param>
    public static StreamForm Run(Graph prediction, bool readsIds)
    {
        Node? input = prediction.Nodes.SingleOrDefault(node => node.Op is Input);
        if (input is null || input.Shape.Rank != (readsIds ? 1 : 2))
        {
            return StreamForm.NoSequence;
        }
        var stream = new StreamBuilder();
        var steps = new Dictionary<Node, Node>();
        var overTime = new HashSet<Node>();
        foreach (Node node in prediction.Nodes)
        {
            stream.Graph.Layer = node.Layer;
            Node[] operands = [.. node.Operands.Select(operand => steps[operand])];
            if (node == input)
            {
                steps[node] = stream.Graph.Add(new Input(readsIds ? Shape.Batch(1) : Shape.Batch(1, input.Shape.Last)), [], node.Name);
                overTime.Add(node);
                continue;
            }
            if (!node.Operands.Any(overTime.Contains) || node.Op is Sink)
            {
                // What becomes a sequence again behind the last step has lengths that a stream does not know.
                if (node.Op.Ambients.Contains(Ambient.Lengths))
                {
                    return StreamForm.BlockedBy(node);
                }
                steps[node] = stream.Graph.Add(node.Op, operands, node.Name);
                continue;
            }
            // What was made of the whole sequence is not known at its first step.
            bool needsAll = node.Operands.Any(operand => operand.Shape.Batched && !overTime.Contains(operand));
            if (needsAll || node.Op.InStream(stream, node, operands) is not { } step || stream.Floats > int.MaxValue)
            {
                return StreamForm.BlockedBy(node);
            }
            steps[node] = step;
            if (node.Op is not OverTime)
            {
                overTime.Add(node);
            }
        }
        return new(stream.Graph.Build(), (int)stream.Floats, stream.Limit, null);
    }
}
