using NetGen;

/// <summary>
/// 28x28 grey pixels, 0 to 255, to the probabilities of the ten kinds of clothes: a small residual network. Two steps of stride 2 take the image from
/// 28x28 to 7x7 while its channels grow.
/// </summary>
[Network]
[Input(1, 28, 28), Standardize]
[Conv2D(16, 3, Bias = false), BatchNorm, ReLU]
[Conv2D(32, 3, Stride = 2, Bias = false), BatchNorm, ReLU]
[Residual<Basic32>, ReLU]
[Conv2D(48, 3, Stride = 2, Bias = false), BatchNorm, ReLU]
[Residual<Basic48>, ReLU]
[GlobalAvgPool, Dense(10)]
[SoftmaxCrossEntropy]
public sealed partial class FashionNet;

[Block, Conv2D(32, 3, Bias = false), BatchNorm, ReLU, Conv2D(32, 3, Bias = false), BatchNorm]
public sealed class Basic32;

[Block, Conv2D(48, 3, Bias = false), BatchNorm, ReLU, Conv2D(48, 3, Bias = false), BatchNorm]
public sealed class Basic48;

/// <summary>
/// LeNet-5 as the benchmark of SimpleChains.jl has it: LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition"
/// (1998), with ReLU and max pooling.
/// </summary>
[Network]
[Input(1, 28, 28), Rescale(1f / 255)]
[Conv2D(6, 5, Padding = Padding.None), ReLU, MaxPool2D(2)]
[Conv2D(16, 5, Padding = Padding.None), ReLU, MaxPool2D(2)]
[Flatten, Dense(120), ReLU, Dense(84), ReLU, Dense(10)]
[SoftmaxCrossEntropy]
public sealed partial class LeNet;
