using NetGen;

/// <summary>One layer: its decision boundary is a straight line.</summary>
[Network]
[Input(2), Dense(1)]
[SigmoidCrossEntropy]
public sealed partial class Perceptron;

/// <summary>
/// Two layers: the first bends the plane so that the second can cut it. Not unrolled, so that the generated file reads like the mathematics: one call an
/// operation.
/// </summary>
[Network(Unroll = Unroll.Never)]
[Input(2), Dense(4), Tanh, Dense(1)]
[SigmoidCrossEntropy]
public sealed partial class XorNet;
