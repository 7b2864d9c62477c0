using BenchmarkDotNet.Attributes;
using NetGen.Benchmarks.Workloads;
using NetGen.CompilerServices;

namespace NetGen.Benchmarks.Kernels;

/// <summary>The three products of a dense layer's training step: <c>[Batch, Inputs] x [Inputs, Outputs]</c>.</summary>
public class MatMulBenchmarks
{
    private AlignedBuffer _x = null!, _weight = null!, _bias = null!, _y = null!, _weightGradient = null!, _xGradient = null!;

    [Params(1, 64)]
    public int Batch { get; set; }

    [Params(512)]
    public int Inputs { get; set; }

    [Params(10, 512)]
    public int Outputs { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _x = Numbers.Random(Batch * Inputs, 1);
        _weight = Numbers.Random(Inputs * Outputs, 2);
        _bias = Numbers.Random(Outputs, 3);
        _y = Numbers.Random(Batch * Outputs, 4);
        _weightGradient = new(Inputs * Outputs);
        _xGradient = new(Batch * Inputs);
    }

    [Benchmark]
    public void Forward() => MatMul.Product(_x.Span, _weight.Span, _bias.Span, _y.Span, Batch, Inputs, Outputs, default(ReLU));

    [Benchmark]
    public void WeightGradient() => MatMul.TransposedLeft(_x.Span, _y.Span, _weightGradient.Span, Inputs, Batch, Outputs, Worker.Alone);

    [Benchmark]
    public void InputGradient() => MatMul.TransposedRight(_y.Span, _weight.Span, _xGradient.Span, Batch, Outputs, Inputs, [], default(Identity));
}
