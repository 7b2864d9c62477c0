namespace NetGen.Allocation.Tests.RealTime;

/// <summary>Layers that a small network has as straight-line code, here as calls of kernels.</summary>
[Network(Unroll = Unroll.Never)]
[Input(4, 3)]
[Impute, Standardize, Rescale(0.5f, 0.1f), Dense(8, Name = "stem"), ReLU, Add("stem")]
[Residual<Activations>, Residual<Narrow, Projection>, Repeat<Activations>(2), Concat("stem")]
[BatchNorm, PReLU, LayerNorm, RMSNorm, GroupNorm(2), InstanceNorm, Parallel<Gate, Projection>]
[Dense(4), Flatten, Dense(6), Softmax, Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class KernelsOnly;

/// <summary>A small causal transformer, as samples/CharGpt has it.</summary>
[Network(Streaming = true)]
[Input(26, Type = InputType.Index), Embedding(vocabulary: 27, size: 96), Residual<LastFour>]
[Repeat<CausalTransformer>(2), LayerNorm, Dense(27), SoftmaxCrossEntropy]
internal sealed partial class SmallGpt;

[Block, CausalConv1D(96, 4)] file class LastFour;
[Block, Residual<CausalAttention>, Residual<WideDense>] file class CausalTransformer;
[Block, LayerNorm, SelfAttention(heads: 4, Causal = true, Rotary = true)] file class CausalAttention;
[Block, LayerNorm, Dense(384), GELU, Dense(96)] file class WideDense;
