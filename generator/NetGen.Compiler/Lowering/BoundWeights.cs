using System.Collections.Generic;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Lowering;

/// <summary>Weights that were held against their network and fit it.</summary>
/// <param name="Spec">The attribute.</param>
/// <param name="File">What the build found in the file.</param>
/// <param name="Tensors">Each tensor of the file and where it goes.</param>
/// <param name="Steps">The steps that the network had taken; null where the file does not say.</param>
public sealed record BoundWeights(WeightsSpec Spec, WeightsManifest File, IReadOnlyList<BoundTensor> Tensors, long? Steps)
{
    /// <summary>The name of the one tensor of a file of frozen bytes: the runtime's <c>FrozenFile.Tensor</c>.</summary>
    public const string FrozenTensor = "netgen.frozen";

    /// <summary>Whether the file holds the final bytes of a network whose parameters are fixed.</summary>
    public bool IsFrozen => Frozen is not null;

    /// <summary>Samples that the file was saved with; null where it has none.</summary>
    public GoldenTensors? Golden { get; init; }

    /// <summary>The tensor of these bytes.</summary>
    public WeightsTensor? Frozen { get; init; }
}

/// <summary>Samples and their outputs in a file.</summary>
/// <param name="Inputs">Where the inputs start.</param>
/// <param name="Outputs">Where the outputs start.</param>
/// <param name="Samples">How many.</param>
public sealed record GoldenTensors(int Inputs, int Outputs, long Samples);

/// <summary>One tensor of a file and its place in the network.</summary>
/// <param name="Source">The tensor in the file.</param>
/// <param name="IsState">Whether it is state; otherwise a parameter.</param>
/// <param name="Index">Which of the network's parameters, or of its state.</param>
public sealed record BoundTensor(WeightsTensor Source, bool IsState, int Index);
