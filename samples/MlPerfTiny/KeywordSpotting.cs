using NetGen;

/// <summary>DS-CNN: 49 windows of a second of sound, 10 cepstral coefficients each, to the probabilities of 12 words.</summary>
[Network]
[Input(1, 49, 10)]
[Conv2D(64, 10, 4, Stride = 2, Padding = Padding.SameUpper), BatchNorm, ReLU, Dropout(0.2f)]
[Repeat<Separable64>(4), Dropout(0.4f)]
[GlobalAvgPool, Dense(12)]
[SoftmaxCrossEntropy]
public sealed partial class DsCnn;

[Block, DepthwiseConv2D(3), BatchNorm, ReLU, Conv2D(64, 1), BatchNorm, ReLU]
public sealed class Separable64;
