using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Passes;

/// <summary>A pass: a function from graph to graph.</summary>
public sealed record Pass(string Name, Func<Graph, Graph> Run);

/// <summary>The passes in order.</summary>
public static class Pipeline
{
    /// <summary>
    /// For Forward and Backward. Gradients are taken first, on ops in their simplest form, so that no later form of an op needs a gradient. Folding
    /// comes before fusing, because a chain of constants is fused as one op; dead code goes before fusing too, because a value may be fused into its
    /// producer only when nothing else uses it, and dead users are users. What products take in costs nothing, so element-wise ops are joined to each other after that.
    /// Sums are divided last, which changes nothing for the others.
    /// </summary>
    public static IReadOnlyList<Pass> Training { get; } =
    [
        new(nameof(Differentiate), Differentiate.Run),
        new(nameof(FoldConstants), FoldConstants.Run),
        new(nameof(EliminateDead), EliminateDead.Run),
        new(nameof(Fuse), Fuse.Run),
        new(nameof(FuseElementwise), FuseElementwise.Run),
        new(nameof(SumBySample), SumBySample.Run),
        new(nameof(EliminateDead), EliminateDead.Run),
    ];

    /// <summary>For a step of a stream, whose graph <see cref="ToStream"/> made of the prediction's. The order is as for training.</summary>
    public static IReadOnlyList<Pass> Step { get; } =
    [
        new(nameof(FoldConstants), FoldConstants.Run),
        new(nameof(EliminateDead), EliminateDead.Run),
        new(nameof(Fuse), Fuse.Run),
        new(nameof(FuseElementwise), FuseElementwise.Run),
        new(nameof(EliminateDead), EliminateDead.Run),
    ];

    /// <summary>For Predict: the forward pass without what only training does, and then as for a step.</summary>
    public static IReadOnlyList<Pass> Prediction { get; } = [new(nameof(SpecializeForPrediction), SpecializeForPrediction.Run), .. Step];

    /// <summary>
    /// For a network whose parameters are fixed, before <see cref="Freeze"/> divides it; <see cref="Step"/> follows. Constants are folded first, because a scale of a scale is one to
    /// fold into a weight.
    /// </summary>
    public static IReadOnlyList<Pass> Inference { get; } =
    [
        new(nameof(SpecializeForPrediction), SpecializeForPrediction.Run),
        new(nameof(FoldConstants), FoldConstants.Run),
        new(nameof(EliminateDead), EliminateDead.Run),
        new(nameof(FoldIntoWeights), FoldIntoWeights.Run),
        new(nameof(EliminateDead), EliminateDead.Run),
    ];

    /// <summary>Runs passes over a graph.</summary>
    public static Graph Run(IReadOnlyList<Pass> passes, Graph graph, CancellationToken cancellationToken)
    {
        Verify(graph, "lowering");
        foreach (Pass pass in passes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            graph = pass.Run(graph);
            Verify(graph, pass.Name);
        }
        return graph;
    }

    [Conditional("DEBUG")]
    private static void Verify(Graph graph, string after) => GraphVerifier.Verify(graph, after);
}
