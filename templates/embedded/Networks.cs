using NetGen;

/// <summary>What is trained: dotnet run -- train.</summary>
[Network]
[Input(2), Dense(8), Tanh, Dense(1)]
[SigmoidCrossEntropy]
public sealed partial class XorNet;

/// <summary>The same layers with the weights of the file inside the program. A file that does not fit is an error of the build.</summary>
[Network(Mode = NetworkMode.Inference), Weights("xor.safetensors")]
[Input(2), Dense(8), Tanh, Dense(1)]
[SigmoidCrossEntropy]
public sealed partial class EmbeddedXorNet;
