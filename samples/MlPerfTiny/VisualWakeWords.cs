using NetGen;

/// <summary>MobileNetV1 with a quarter of its channels: a colour image of 96x96 pixels to the probabilities of "no person" and "person".</summary>
[Network]
[Input(3, 96, 96)]
[Conv2D(8, 3, Stride = 2, Padding = Padding.SameUpper), BatchNorm, ReLU]
[DepthwiseConv2D(3), BatchNorm, ReLU, Conv2D(16, 1), BatchNorm, ReLU]
[DepthwiseConv2D(3, Stride = 2, Padding = Padding.SameUpper), BatchNorm, ReLU, Conv2D(32, 1), BatchNorm, ReLU]
[DepthwiseConv2D(3), BatchNorm, ReLU, Conv2D(32, 1), BatchNorm, ReLU]
[DepthwiseConv2D(3, Stride = 2, Padding = Padding.SameUpper), BatchNorm, ReLU, Conv2D(64, 1), BatchNorm, ReLU]
[DepthwiseConv2D(3), BatchNorm, ReLU, Conv2D(64, 1), BatchNorm, ReLU]
[DepthwiseConv2D(3, Stride = 2, Padding = Padding.SameUpper), BatchNorm, ReLU, Conv2D(128, 1), BatchNorm, ReLU]
[Repeat<Separable128>(5)]
[DepthwiseConv2D(3, Stride = 2, Padding = Padding.SameUpper), BatchNorm, ReLU, Conv2D(256, 1), BatchNorm, ReLU]
[DepthwiseConv2D(3), BatchNorm, ReLU, Conv2D(256, 1), BatchNorm, ReLU]
[GlobalAvgPool, Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class MobileNetV1;

[Block, DepthwiseConv2D(3), BatchNorm, ReLU, Conv2D(128, 1), BatchNorm, ReLU]
public sealed class Separable128;
