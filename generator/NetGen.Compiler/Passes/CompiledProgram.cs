using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Passes;

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
/// <param name="Step">For a step of a stream; null where the network cannot take its sequence step by step.</param>
/// <param name="Plan">The network with fixed parameters.</param>
/// <param name="Fold">What computes the fixed parameters; null where they come ready.</param>
/// <param name="Probabilities">For each output, what makes probabilities of it, in place; null where its loss fuses no activation.</param>
internal sealed record CompiledPrograms(
    CompiledProgram Prediction, CompiledProgram? Training, CompiledStream? Step, InferencePlan Plan, CompiledFold? Fold, IReadOnlyList<Node?> Probabilities);

/// <summary>What is computed from parameters and state once, for a network whose parameters are fixed.</summary>
/// <param name="Graph">What.</param>
/// <param name="Schedule">Its order.</param>
/// <param name="Memory">Its memory.</param>
internal sealed record CompiledFold(Graph Graph, Schedule Schedule, MemoryPlan Memory);

/// <summary>A step of a stream.</summary>
/// <param name="Program">What it computes.</param>
/// <param name="Form">What it remembers, and how many steps it may take.</param>
internal sealed record CompiledStream(CompiledProgram Program, StreamForm Form)
{
    /// <summary>Floats that a step takes.</summary>
    public int Input => (int)Program.Graph.Nodes.Single(node => node.Op is Input).Shape.Count;

    /// <summary>Floats that a step gives.</summary>
    public int Output => (int)Program.Graph.Nodes.Single(node => node.Op is Output).Shape.Count;

    /// <summary>Floats to compute in.</summary>
    public int Workspace => Program.Plan.ArenaSize.PerSample + Program.Plan.ArenaSize.Constant;
}
