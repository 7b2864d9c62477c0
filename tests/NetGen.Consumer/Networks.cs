using NetGen;

namespace Consumer;

/// <summary>Layers, blocks and a loss on classes.</summary>
[Network]
[Input(64)]
[Standardize, Dense(32), ReLU, Residual<Bottleneck>, ReLU]
[Dropout(0.25f), Dense(10)]
[SoftmaxCrossEntropy]
public sealed partial class DigitNet;

/// <summary>Several inputs and named taps; no loss, so it only predicts.</summary>
[Network]
[Input(1, 8, 8, Name = "image"), Input(3, Name = "meta")]
[Flatten(From = "image"), Dense(16), Tanh, Concat("meta"), Dense(4), Softmax]
public partial class TwoInputs;

/// <summary>A sequence, in a record.</summary>
[Network]
[Input(12, 8), Dense(4), Repeat<Inner>(2), Dense(1)]
[MeanSquaredError]
public sealed partial record Regressor;

[Block, Dense(16), ReLU, Dense(32)] file class Bottleneck;

[Block, Residual<Innermost>, Tanh] internal class Inner;

[Block, Dense(4, Share = null, Bias = false), GELU] internal sealed class Innermost;

internal static partial class Outer
{
    [Network, Input(2), Dense(1), Huber(0.5f)] internal sealed partial class Nested;

    internal static Nested Create() => new(seed: 1);
}
