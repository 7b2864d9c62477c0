using NetGen;

/// <summary>8x8 pixels, 0 to 16 each, to the probabilities of the ten digits.</summary>
[Input(64), Rescale(1f / 16), Dropout(0.1f)]
[Dense(256), ReLU, Dropout(0.4f)]
[Dense(128), ReLU, Dropout(0.4f)]
[Dense(10)]
[SoftmaxCrossEntropy]
public sealed partial class DigitNet;
