using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Layers;

/// <summary>All kinds of layers.</summary>
internal static class LayerTable
{
    private static readonly Dictionary<string, LayerKind> Kinds = new LayerKind[]
    {
        new Dense(), new Flatten(), new ReshapeLayer(), new DropoutLayer(), new SpatialDropoutLayer(), new SoftmaxLayer(), new Rescale(), new Impute(),
        new FittedScale("Standardize", "Fit", "mean", "std"), new FittedScale("MinMaxScale", "FitRange", "min", "range"), new FittedScale("RobustScale", "FitQuartiles", "median", "iqr"),
        new BatchNorm(), new RowNorm("LayerNorm", centred: true), new RowNorm("RMSNorm", centred: false), new GroupNorm("GroupNorm", affineByDefault: true),
        new GroupNorm("InstanceNorm", affineByDefault: false), new ParametricReLULayer(), new CustomActivation(),
        new Residual(), new Repeat(), new Parallel(), new AddLayer(), new MultiplyLayer(), new ConcatLayer(),
        new Convolution("Conv1D", axes: 1), new Convolution("Conv2D", axes: 2), new Convolution("Conv3D", axes: 3), new Convolution("DepthwiseConv2D", axes: 2, depthwise: true),
        new ConvolutionTranspose("ConvTranspose1D", axes: 1), new ConvolutionTranspose("ConvTranspose2D", axes: 2),
        new Pool("MaxPool1D", PoolKind.Max, axes: 1), new Pool("MaxPool2D", PoolKind.Max, axes: 2),
        new Pool("AvgPool1D", PoolKind.Average, axes: 1), new Pool("AvgPool2D", PoolKind.Average, axes: 2),
        new GlobalPool("GlobalMaxPool", PoolKind.Max), new GlobalPool("GlobalAvgPool", PoolKind.Average), new AdaptivePool(),
        new Embedding(), new PositionalEmbedding(), new Recurrent("SimpleRNN", Recurrent.SimpleCell), new Recurrent("LSTM", static _ => Cell.Lstm),
        new Recurrent("GRU", static _ => Cell.Gru),
        new Bidirectional(), new Convolution("CausalConv1D", axes: 1, causal: true), new AttentionLayer(toAnother: false), new AttentionLayer(toAnother: true),
        new OverTimeLayer("LastStep", OverTimeKind.Last), new OverTimeLayer("MeanOverTime", OverTimeKind.Mean), new OverTimeLayer("MaxOverTime", OverTimeKind.Max),
        new Upsample(), new PadLayer(), new PermuteLayer(), new SliceLayer(),
    }
    .Concat(ActivationFunction.Table.Select(function => new ActivationLayer(function)))
    .ToDictionary(kind => kind.Kind);

    /// <summary>The kind of that name; null where it is no layer.</summary>
    public static LayerKind? Find(string kind) => Kinds.TryGetValue(kind, out LayerKind? found) ? found : null;
}
