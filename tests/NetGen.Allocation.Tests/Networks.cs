namespace NetGen.Allocation.Tests;

/// <summary>Every layer there is, over (time, features).</summary>
[Network]
[Input(4, 3)]
[Impute, Standardize, Rescale(0.5f, 0.1f), Dense(8, Name = "stem"), ReLU, Add("stem")]
[Residual<Activations>, Residual<Narrow, Projection>, Repeat<Activations>(2), Concat("stem")]
[Reshape(16, 4), Dense(4), Dense(4, Share = "dense2"), BatchNorm, Dropout(0.25f), SpatialDropout(0.25f), PReLU, LayerNorm, RMSNorm, GroupNorm(2), InstanceNorm, Parallel<Gate, Projection>]
[Dense(4), Parallel<Gate, Projection>(Share = "parallel1"), Dense(4), Flatten, Dense(6), Softmax, Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class EveryLayer;

#pragma warning disable NETG082 // one activation behind the other is how each of them is met
[Block, LeakyReLU, ELU, GELU, SiLU, Sigmoid, Tanh, Softplus, HardSwish, Activation<Snake>] internal sealed class Activations;
#pragma warning restore NETG082

[Block, Dense(8), Dropout(0.1f), Dense(8)] internal sealed class Narrow;

[Block, Dense(8, Bias = false)] internal sealed class Projection;

[Block, Dense(4, Name = "steps"), Flatten, Dense(4), Sigmoid, Multiply("steps")] internal sealed class Gate;

/// <summary>Every layer over images, volumes and sequences.</summary>
[Network, Input(2, 6, 6)]
[Impute, RobustScale, Conv2D(4, 3), MaxPool2D(2, Stride = 1), AvgPool2D(2, Stride = 1), DepthwiseConv2D(3), Upsample2D(2), AdaptiveAvgPool2D(3), ConvTranspose2D(3, 3, Name = "image")]
[Pad(1), Slice(1, 1, 3), Permute(0, 2, 1), Reshape(3, 5, 3, 1), Conv3D(4, 3), Reshape(15, 4), Conv1D(5, 3), ConvTranspose1D(4, 3, Stride = 2), MaxPool1D(2), AvgPool1D(3)]
[GlobalMaxPool(Name = "largest"), GlobalAvgPool(From = "image"), Concat("largest"), Dense(3), SoftmaxCrossEntropy]
internal sealed partial class EveryImageLayer;

[Network, Input(2, 3, Name = "image"), Input(5, Name = "meta")]
[MinMaxScale(From = "image"), Flatten, Dense(4), Tanh, Concat("meta"), Dense(3), SoftmaxCrossEntropy]
internal sealed partial class TwoInputs;

[Network, Input(6), Standardize, Dense(8), ReLU, Dropout(0.5f), Dense(2), SigmoidCrossEntropy]
internal sealed partial class SigmoidNet;

[Network, Input(6), Dense(8), Dropout(0.5f), Dense(2), MeanSquaredError]
internal sealed partial class SquaredNet;

[Network, Input(6), Dense(8), Tanh(Name = "features")]
[Dense(3), Output("digit"), SoftmaxCrossEntropy]
[Dense(2, From = "features"), Output("slant", Weight = 0.5f), SigmoidCrossEntropy]
internal sealed partial class TwoOutputs;

/// <summary>Large enough for several threads.</summary>
[Network, Input(64), Dense(128), ReLU, Dropout(0.1f), Dense(32), MeanSquaredError]
internal sealed partial class WideNet;

[Network, Input(6), Dense(8), GELU, Dense(2), MeanAbsoluteError]
internal sealed partial class AbsoluteNet;

[Network, Input(6), Dense(8), SiLU, Dense(2), Huber]
internal sealed partial class HuberNet;

[Network, Input(6), Dense(8), Tanh, Dense(3), SoftmaxCrossEntropy(LabelSmoothing = 0.1f, ClassWeights = new[] { 1f, 2f, 0.5f })]
internal sealed partial class WeighedNet;

[Network, Input(6), Dense(8), Tanh, Dense(3), SoftmaxFocal(ClassWeights = new[] { 1f, 2f, 0.5f })]
internal sealed partial class FocalNet;

[Network, Input(6), Dense(2), SigmoidFocal]
internal sealed partial class SigmoidFocalNet;

[Network, Input(6), Dense(3), KLDivergence]
internal sealed partial class DivergenceNet;

[Network, Input(6), Dense(2), Hinge]
internal sealed partial class HingeNet;

[Network, Input(6), Dense(2), Quantile(0.9f)]
internal sealed partial class QuantileNet;

[Network, Input(6), Dense(4), CosineDistance]
internal sealed partial class CosineNet;

[Network, Input(4, 3), Dense(5), Tanh, Dense(2), MeanSquaredError]
internal sealed partial class StepsNet;

[Network, Input(6), Dense(2), SigmoidCrossEntropy(PositiveWeights = new[] { 2f, 3f })]
internal sealed partial class PositiveNet;

[Network, Input(6), Dense(4), Contrastive]
internal sealed partial class PairNet;

[Network, Input(6), Dense(6), Triplet]
internal sealed partial class TripletNet;

[Network, Input(6), Dense(6, Name = "pair"), Output("pairs"), Contrastive]
[Dense(2), Output("kind"), SoftmaxCrossEntropy]
internal sealed partial class PairAndKind;

[Network, Input(6), Dense(2), Loss<LogCosh>]
internal sealed partial class CustomNet;

internal readonly struct Snake : IActivationFunction
{
    public static V Value<V>(V x) where V : struct, ILanes<V>
    {
        V sine = VectorMath.Sin(x);
        return V.MultiplyAdd(sine, sine, x);
    }

    public static V Derivative<V>(V x) where V : struct, ILanes<V> => V.Broadcast(1) + VectorMath.Sin(x + x);
}

internal readonly struct LogCosh : ILossFunction
{
    public static V Value<V>(V prediction, V target) where V : struct, ILanes<V>
    {
        V distance = V.Abs(prediction - target);
        return distance + VectorMath.Softplus(V.Broadcast(-2) * distance) - V.Broadcast(0.693147181f);
    }

    public static V Derivative<V>(V prediction, V target) where V : struct, ILanes<V> => VectorMath.Tanh(prediction - target);
}

[Network, Input(1, 6, 5), Standardize, Conv2D(4, 3), BatchNorm, ReLU, MaxPool2D(2), Conv2D(8, 3, Stride = 2), BatchNorm, ReLU, GlobalAvgPool, Dense(3), SoftmaxCrossEntropy]
internal sealed partial class ImageNet;
