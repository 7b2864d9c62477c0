using System.Collections.Generic;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Lowering;

/// <summary>Weights that were held against their network and fit it.</summary>
/// <param name="Spec">The attribute.</param>
/// <param name="File">What the build found in the file.</param>
/// <param name="Tensors">Each tensor of the file and where it goes.</param>
/// <param name="Steps">The steps that the network had taken; null where the file does not say.</param>
public sealed record BoundWeights(WeightsSpec Spec, WeightsManifest File, IReadOnlyList<BoundTensor> Tensors, long? Steps);

/// <summary>One tensor of a file and its place in the network.</summary>
/// <param name="Source">The tensor in the file.</param>
/// <param name="IsState">Whether it is state; otherwise a parameter.</param>
/// <param name="Index">Which of the network's parameters, or of its state.</param>
public sealed record BoundTensor(WeightsTensor Source, bool IsState, int Index);
