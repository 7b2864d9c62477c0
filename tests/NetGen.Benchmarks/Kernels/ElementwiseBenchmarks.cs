using BenchmarkDotNet.Attributes;
using NetGen.Benchmarks.Workloads;
using NetGen.CompilerServices;

namespace NetGen.Benchmarks.Kernels;

/// <summary>Activations and softmax of 4,096 elements, with their gradients.</summary>
public class ElementwiseBenchmarks
{
    private const int Count = 4096;
    private const int Classes = 16;

    private readonly AlignedBuffer _x = Numbers.Random(Count, 1, -4, 4);
    private readonly AlignedBuffer _dy = Numbers.Random(Count, 2);
    private readonly AlignedBuffer _y = new(Count);

    [Benchmark]
    public void ReLUForward() => Elementwise.Activate(_x.Span, _y.Span, default(ReLU));

    [Benchmark]
    public void TanhForward() => Elementwise.Activate(_x.Span, _y.Span, default(Tanh));

    [Benchmark]
    public void TanhGradient() => Elementwise.ActivateGradient(_x.Span, _dy.Span, _y.Span, default(Tanh));

    [Benchmark]
    public void GELUForward() => Elementwise.Activate(_x.Span, _y.Span, default(GELU));

    [Benchmark]
    public void GELUGradient() => Elementwise.ActivateGradient(_x.Span, _dy.Span, _y.Span, default(GELU));

    [Benchmark]
    public void SoftmaxForward() => Softmax.Forward(_x.Span, _y.Span, Classes);

    [Benchmark]
    public void SoftmaxGradient() => Softmax.Gradient(_x.Span, _dy.Span, _y.Span, Classes);
}
