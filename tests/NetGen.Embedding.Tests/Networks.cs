namespace NetGen.Embedding.Tests;

/// <summary>A network whose weights are in this assembly.</summary>
[Network, Weights("weights/small.safetensors")]
[Input(4), Dense(8), ReLU, Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class Small;

/// <summary>The same, from a file with samples.</summary>
[Network(Mode = NetworkMode.Inference), Weights("golden.safetensors", As = WeightsForm.Literals)]
[Input(4), Dense(8), ReLU, Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class Golden;

/// <summary>The same network without weights.</summary>
[Network]
[Input(4), Dense(8), ReLU, Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class SmallOfFile;
