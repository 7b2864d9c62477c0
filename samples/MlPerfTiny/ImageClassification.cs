using NetGen;

/// <summary>ResNet-8: a colour image of 32x32 pixels to the probabilities of the ten classes of CIFAR-10.</summary>
[Network]
[Input(3, 32, 32)]
[Conv2D(16, 3), BatchNorm, ReLU]
[Residual<Stack16>, ReLU]
[Residual<Stack32, Project32>, ReLU]
[Residual<Stack64, Project64>, ReLU]
[GlobalAvgPool, Dense(10)]
[SoftmaxCrossEntropy]
public sealed partial class ResNet8;

[Block, Conv2D(16, 3), BatchNorm, ReLU, Conv2D(16, 3), BatchNorm]
public sealed class Stack16;

[Block, Conv2D(32, 3, Stride = 2, Padding = Padding.SameUpper), BatchNorm, ReLU, Conv2D(32, 3), BatchNorm]
public sealed class Stack32;

[Block, Conv2D(32, 1, Stride = 2)]
public sealed class Project32;

[Block, Conv2D(64, 3, Stride = 2, Padding = Padding.SameUpper), BatchNorm, ReLU, Conv2D(64, 3), BatchNorm]
public sealed class Stack64;

[Block, Conv2D(64, 1, Stride = 2)]
public sealed class Project64;
