using NetGen;

/// <summary>In the global namespace.</summary>
[Network, Input(2), Dense(3), ReLU, Dense(1), MeanSquaredError]
internal sealed partial class GlobalNet;

namespace NetGen.Networks.Tests
{
    /// <summary>Classes; what training touches: fitted state, dropout, momentum.</summary>
    [Network]
    [Input(6)]
    [Standardize, Dense(16), ReLU, Dropout(0.3f), Dense(3)]
    [SoftmaxCrossEntropy]
    internal sealed partial class Classifier;

    /// <summary>Numbers, by a network that is wide enough for every path of the kernels.</summary>
    [Network]
    [Input(6)]
    [Dense(33), GELU, Residual<Bend>, Dense(2)]
    [MeanSquaredError]
    internal sealed partial class Regressor;

    [Block, Dense(17), Tanh, Dense(33)] internal sealed class Bend;

    /// <summary>
    /// Large enough for several threads, with what could tell them apart: dropout, a residual block,
    /// shared parameters, numbers that each sample has of its own, odd widths.
    /// </summary>
    [Network]
    [Input(67)]
    [Dense(131), LeakyReLU, Dropout(0.2f), Dense(80), GELU, Residual<Wide>, Dense(80, Name = "twice"), Tanh, Dense(80, Share = "twice"), ReLU]
    [Residual<Wide>(Share = "res1"), Reshape(8, 10), Parallel<Gate, Step>, Flatten, Dense(10)]
    [SoftmaxCrossEntropy]
    internal sealed partial class SharedNet;

    [Block, Dense(96), SiLU, Dense(80)] internal sealed class Wide;

    [Block, Flatten, Dense(10), Sigmoid, Multiply("input")] internal sealed class Gate;

    [Block, Dense(6), Tanh] internal sealed class Step;

    /// <summary>The regressor but for one number of units.</summary>
    [Network]
    [Input(6)]
    [Dense(33), GELU, Residual<NarrowBend>, Dense(2)]
    [MeanSquaredError]
    internal sealed partial class NarrowRegressor;

    [Block, Dense(16), Tanh, Dense(33)] internal sealed class NarrowBend;

    /// <summary>Classes and numbers from the same features, large enough for several threads.</summary>
    [Network]
    [Input(67), Dense(131), ReLU, Dropout(0.2f), Dense(80), GELU(Name = "features")]
    [Dense(10), Output("digit"), SoftmaxCrossEntropy]
    [Dense(3, From = "features"), Output("slant", Weight = 0.5f), MeanSquaredError]
    internal sealed partial class Heads;

    /// <summary>Several yes-or-no questions.</summary>
    [Network, Input(4), Dense(2), SigmoidCrossEntropy]
    internal sealed partial class Answers;

    /// <summary>No loss, so it only predicts.</summary>
    [Network, Input(4), Dense(3), Softmax]
    internal sealed partial class Fixed;

    /// <summary>An image and numbers, both standardised.</summary>
    [Network]
    [Input(2, 3, 3, Name = "image"), Input(4, Name = "meta")]
    [Standardize(From = "meta", Name = "numbers"), Standardize(From = "image", Name = "pixels"), Flatten, Concat("numbers"), Dense(2)]
    [MeanSquaredError]
    internal sealed partial class ImageAndNumbers;

    /// <summary>Images in every form of convolution, with statistics over the batch, a shortcut and pools; large enough for several threads.</summary>
    [Network]
    [Input(3, 9, 7)]
    [Conv2D(8, 3), BatchNorm, ReLU, Residual<Body>, ReLU, MaxPool2D(2)]
    [DepthwiseConv2D(3), Conv2D(20, 1, Stride = 2), ReLU, Conv2D(12, 1), GlobalAvgPool, Dense(5)]
    [SoftmaxCrossEntropy]
    internal sealed partial class SharedImages;

    [Block, Conv2D(8, 3, Groups = 2), BatchNorm, ReLU, Conv2D(8, 3), BatchNorm] internal sealed class Body;

    /// <summary>Recurrences over words, in both directions; large enough for several threads.</summary>
    [Network]
    [Input(11, Type = InputType.Index)]
    [Embedding(37, 24), LSTM(33, Layers = 2, Dropout = 0.2f), Bidirectional<Gated>, GRU(17), CausalConv1D(16, 2, Dilation = 2), SimpleRNN(9, ReturnSequences = false), Dense(5)]
    [SoftmaxCrossEntropy]
    internal sealed partial class SharedRecurrences;

    [Block, GRU(12)] internal sealed class Gated;

    /// <summary>A causal transformer; large enough for several threads.</summary>
    [Network]
    [Input(19, Type = InputType.Index)]
    [Embedding(37, 24), PositionalEmbedding, Residual<Attend>, Residual<Feed>, LayerNorm, SelfAttention(2, Rotary = true), Dense(37)]
    [SoftmaxCrossEntropy]
    internal sealed partial class SharedTransformer;

    [Block, LayerNorm, SelfAttention(3, Causal = true, Dropout = 0.1f)] internal sealed class Attend;

    [Block, LayerNorm, Dense(48), GELU, Dense(24), Dropout(0.1f)] internal sealed class Feed;

    /// <summary>A batch norm that is used twice.</summary>
    [Network, Input(4, 3), BatchNorm(Name = "norm", Momentum = 0.3f), Dense(3), Tanh, BatchNorm(Name = "again", Share = "norm", Momentum = 0.3f), Dense(2), MeanSquaredError]
    internal sealed partial class SharedNorm;

    /// <summary>The same with two batch norms.</summary>
    [Network, Input(4, 3), BatchNorm(Name = "norm", Momentum = 0.3f), Dense(3), Tanh, BatchNorm(Name = "again", Momentum = 0.3f), Dense(2), MeanSquaredError]
    internal sealed partial class TwoNorms;

    /// <summary>Images of one channel, which lie the same whether channels come first or last: the first layer reads the input under another shape.</summary>
    [Network]
    [Input(1, 6, 6)]
    [Conv2D(4, 3), ReLU, Flatten, Dense(3)]
    [SoftmaxCrossEntropy]
    internal sealed partial class GreyImages;

    /// <summary>A sequence with classes at every step.</summary>
    [Network, Input(5, 3), Dense(8), Tanh, Dense(4), SoftmaxCrossEntropy]
    internal sealed partial class Tagger;

    [Network, Input(2), Dense(4), Tanh, Dense(1), SigmoidCrossEntropy]
    internal sealed partial record XorRecord;

    internal static partial class Outer
    {
        internal sealed partial record Middle
        {
            [Network, Input(2), Dense(1), MeanSquaredError] internal sealed partial class Nested;
        }
    }
}

namespace NetGen.Networks.Tests.One
{
    [Network, Input(2), Dense(1), MeanSquaredError] internal sealed partial class Twin;
}

namespace NetGen.Networks.Tests.Two
{
    [Network, Input(3), Dense(2), MeanSquaredError] internal sealed partial class Twin;
}
