using System.Linq;
using System.Text;
using System.Threading;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;

namespace NetGen.Compiler.Passes;

/// <summary>A network as it predicts with fixed parameters.</summary>
/// <param name="Graphs">What is computed once, and what for each prediction.</param>
/// <param name="Hash">Of all that gives the frozen bytes their meaning: a file of frozen bytes fits the plan that it was made for and no other.</param>
public sealed record InferencePlan(FrozenGraphs Graphs, string Hash)
{
    /// <summary>Counts the changes of kernels that give frozen bytes another meaning although the graph is the same.</summary>
    private const int Version = 1;

    /// <summary>Floats of all frozen tensors.</summary>
    public int Length { get; } = Graphs.Tensors.Count == 0 ? 0 : Graphs.Tensors[Graphs.Tensors.Count - 1].Tensor.End;

    /// <param name="network">The network, its layout chosen.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static InferencePlan Of(LoweredNetwork network, CancellationToken cancellationToken)
    {
        FrozenGraphs graphs = Freeze.Run(Pipeline.Run(Pipeline.Inference, network.Forward, cancellationToken));
        var text = new StringBuilder();
        text.Append($"plan {Version}\n{Architecture.Hash(network)}\n");
        foreach (TensorSpec tensor in network.Parameters.Concat(network.State))
        {
            text.Append($"source {tensor.Name} {tensor.Shape} {(tensor.Layout is { } layout ? $"{string.Join(",", layout.View)} {string.Join(",", layout.Order)}" : "")}\n");
        }
        text.Append(GraphPrinter.Print(graphs.Fold));
        return new(graphs, Architecture.HashOf(text.ToString()));
    }
}
