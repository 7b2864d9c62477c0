namespace NetGen.Benchmarks;

// Networks as a user writes them. Those without a loss predict what the last layer computes, which is also what the peers' models compute.

[Network]
[Input(4), Dense(16), ReLU, Dense(16), ReLU, Dense(3)]
internal sealed partial class TinyPredictor;

[Network]
[Input(784), Dense(128), ReLU, Dense(10)]
internal sealed partial class SmallPredictor;

[Network]
[Input(784), Dense(512), ReLU, Dense(512), ReLU, Dense(10)]
internal sealed partial class MediumPredictor;

// That of samples/EmbeddedDigits.
[Network]
[Input(64), Dense(256), ReLU, Dense(128), ReLU, Dense(10)]
internal sealed partial class DigitsPredictor;

[Network]
[Input(4), Dense(16), ReLU, Dense(16), ReLU, Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class TinyClassifier;

[Network]
[Input(64), Dense(256), ReLU, Dense(128), ReLU, Dense(10)]
[SoftmaxCrossEntropy]
internal sealed partial class DigitsClassifier;

[Network]
[Input(784), Dense(512), ReLU, Dense(512), ReLU, Dense(10)]
[SoftmaxCrossEntropy]
internal sealed partial class MediumClassifier;

// For what an optimizer costs that memory limits.
[Network]
[Input(1000), Dense(10_000, Bias = false)]
[MeanSquaredError]
internal sealed partial class TenMillion;
