using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>The start of a training step, in which parameters are updated part by part.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OptimizerStep
{
    /// <summary>Whether no parameter may change before all gradients are known, so that a training step is Forward, Backward and Step.</summary>
    public static bool NeedsAllGradients(Optimizer optimizer) => optimizer.NeedsAllGradients;

    /// <summary>Prepares the optimizer for one step of a network.</summary>
    /// <exception cref="InvalidOperationException">It has made steps of another network.</exception>
    public static void Begin(Optimizer optimizer, ITrainable network) => optimizer.BeginStep(network);
}
