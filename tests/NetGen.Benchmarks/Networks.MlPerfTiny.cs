namespace NetGen.Benchmarks;

// MLPerf Tiny's networks as a user writes them; Images/ImageNetworks.cs has their counts of parameters. Keras's padding and epsilon.

[Network]
[Input(3, 32, 32)]
[Conv2D(16, 3), BatchNorm(Epsilon = 1e-3f), ReLU]
[Residual<ResNetStack16>, ReLU]
[Residual<ResNetStack32, ResNetShortcut32>, ReLU]
[Residual<ResNetStack64, ResNetShortcut64>, ReLU]
[GlobalAvgPool, Dense(10)]
internal sealed partial class ResNet8Predictor;

[Block]
[Conv2D(16, 3), BatchNorm(Epsilon = 1e-3f), ReLU]
[Conv2D(16, 3), BatchNorm(Epsilon = 1e-3f)]
internal sealed class ResNetStack16;

[Block]
[Conv2D(32, 3, Stride = 2, Padding = Padding.SameUpper), BatchNorm(Epsilon = 1e-3f), ReLU]
[Conv2D(32, 3), BatchNorm(Epsilon = 1e-3f)]
internal sealed class ResNetStack32;

[Block]
[Conv2D(32, 1, Stride = 2)]
internal sealed class ResNetShortcut32;

[Block]
[Conv2D(64, 3, Stride = 2, Padding = Padding.SameUpper), BatchNorm(Epsilon = 1e-3f), ReLU]
[Conv2D(64, 3), BatchNorm(Epsilon = 1e-3f)]
internal sealed class ResNetStack64;

[Block]
[Conv2D(64, 1, Stride = 2)]
internal sealed class ResNetShortcut64;

[Network]
[Input(1, 49, 10)]
[Conv2D(64, 10, 4, Stride = 2, Padding = Padding.SameUpper), BatchNorm(Epsilon = 1e-3f), ReLU]
[Repeat<DsCnnBlock>(4)]
[GlobalAvgPool, Dense(12)]
internal sealed partial class DsCnnPredictor;

[Block]
[DepthwiseConv2D(3), BatchNorm(Epsilon = 1e-3f), ReLU]
[Conv2D(64, 1), BatchNorm(Epsilon = 1e-3f), ReLU]
internal sealed class DsCnnBlock;

[Network]
[Input(3, 96, 96)]
[Conv2D(8, 3, Stride = 2, Padding = Padding.SameUpper), BatchNorm(Epsilon = 1e-3f), ReLU]
[DepthwiseConv2D(3), BatchNorm(Epsilon = 1e-3f), ReLU, Conv2D(16, 1), BatchNorm(Epsilon = 1e-3f), ReLU]
[DepthwiseConv2D(3, Stride = 2, Padding = Padding.SameUpper), BatchNorm(Epsilon = 1e-3f), ReLU, Conv2D(32, 1), BatchNorm(Epsilon = 1e-3f), ReLU]
[DepthwiseConv2D(3), BatchNorm(Epsilon = 1e-3f), ReLU, Conv2D(32, 1), BatchNorm(Epsilon = 1e-3f), ReLU]
[DepthwiseConv2D(3, Stride = 2, Padding = Padding.SameUpper), BatchNorm(Epsilon = 1e-3f), ReLU, Conv2D(64, 1), BatchNorm(Epsilon = 1e-3f), ReLU]
[DepthwiseConv2D(3), BatchNorm(Epsilon = 1e-3f), ReLU, Conv2D(64, 1), BatchNorm(Epsilon = 1e-3f), ReLU]
[DepthwiseConv2D(3, Stride = 2, Padding = Padding.SameUpper), BatchNorm(Epsilon = 1e-3f), ReLU, Conv2D(128, 1), BatchNorm(Epsilon = 1e-3f), ReLU]
[Repeat<MobileNetBlock>(5)]
[DepthwiseConv2D(3, Stride = 2, Padding = Padding.SameUpper), BatchNorm(Epsilon = 1e-3f), ReLU, Conv2D(256, 1), BatchNorm(Epsilon = 1e-3f), ReLU]
[DepthwiseConv2D(3), BatchNorm(Epsilon = 1e-3f), ReLU, Conv2D(256, 1), BatchNorm(Epsilon = 1e-3f), ReLU]
[GlobalAvgPool, Dense(2)]
internal sealed partial class MobileNetPredictor;

[Block]
[DepthwiseConv2D(3), BatchNorm(Epsilon = 1e-3f), ReLU]
[Conv2D(128, 1), BatchNorm(Epsilon = 1e-3f), ReLU]
internal sealed class MobileNetBlock;
