using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Emit;

/// <summary>An optimised graph with its order, its memory and what of it is unrolled: all that there is to print.</summary>
internal sealed record CompiledProgram(Graph Graph, Schedule Schedule, MemoryPlan Plan, Unrolling Unrolling)
{
    /// <summary>The nodes before which the workers of a training step wait for each other.</summary>
    public HashSet<Node> Barriers { get; } = PlaceBarriers.Run(Schedule, Plan);
}

/// <summary>What a network compiles to.</summary>
/// <param name="Prediction">For Predict.</param>
/// <param name="Training">For Forward and Backward; null without a loss.</param>
/// <param name="Probabilities">What makes probabilities of the output, in place; null where the loss fuses no activation.</param>
internal sealed record CompiledPrograms(CompiledProgram Prediction, CompiledProgram? Training, Node? Probabilities);
