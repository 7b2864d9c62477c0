using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Emit;

/// <summary>An optimised graph with its order, its memory and what of it is unrolled: all that there is to print.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Schedule">Its order.</param>
/// <param name="Plan">Its memory.</param>
/// <param name="Unrolling">What is straight-line code for one sample at a time.</param>
/// <param name="Loops">What is an unrolled loop over samples.</param>
internal sealed record CompiledProgram(Graph Graph, Schedule Schedule, MemoryPlan Plan, Unrolling Unrolling, IReadOnlyList<SampleLoop> Loops)
{
    /// <summary>The nodes before which the workers of a training step wait for each other.</summary>
    public HashSet<Node> Barriers { get; } = PlaceBarriers.Run(Schedule, Plan);

    /// <summary>Whether all gradients are sums in registers, of a network so small that one update of all parameters costs less than one for each.</summary>
    public bool UpdatesOnce { get; } = Graph.Nodes.Where(node => node.Op is StoreGradient)
        .All(sink => !Plan.Copies.Contains(sink) && Loops.Any(loop => loop.Nodes.Contains(sink.Operands[0].Origin)));
}

/// <summary>What a network compiles to.</summary>
/// <param name="Prediction">For Predict.</param>
/// <param name="Training">For Forward and Backward; null without a loss.</param>
/// <param name="Probabilities">For each output, what makes probabilities of it, in place; null where its loss fuses no activation.</param>
internal sealed record CompiledPrograms(CompiledProgram Prediction, CompiledProgram? Training, IReadOnlyList<Node?> Probabilities);
