namespace NetGen.Allocation.Tests.RealTime;

/// <summary>Layers that a small network has as straight-line code, here as calls of kernels.</summary>
[Network(Unroll = Unroll.Never)]
[Input(4, 3)]
[Standardize, Rescale(0.5f, 0.1f), Dense(8, Name = "stem"), ReLU, Add("stem")]
[Residual<Activations>, Residual<Narrow, Projection>, Repeat<Activations>(2), Concat("stem")]
[BatchNorm, PReLU, LayerNorm, RMSNorm, GroupNorm(2), InstanceNorm, Parallel<Gate, Projection>]
[Dense(4), Flatten, Dense(6), Softmax, Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class KernelsOnly;
