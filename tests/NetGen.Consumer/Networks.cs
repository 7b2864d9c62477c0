using NetGen;

namespace Consumer;

[Network]
[Input(64)]
[Dense(32), ReLU, Residual<Bottleneck>, ReLU]
[Dense(10)]
[SoftmaxCrossEntropy]
public sealed partial class DigitNet;

[Network]
[Input(8), Dense(4), Tanh, Repeat<Inner>(2), Dense(1)]
[MeanSquaredError]
public sealed partial record Regressor;

[Block, Dense(16), ReLU, Dense(32)] file class Bottleneck;

[Block, Dense(4), Tanh] internal class Inner;
