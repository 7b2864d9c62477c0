using BenchmarkDotNet.Attributes;

namespace NetGen.Benchmarks.Kernels;

/// <summary>Steps of optimizers over the 669,706 parameters of 784-512-512-10, whose gradients are zero.</summary>
public class OptimizerBenchmarks
{
    private readonly MediumClassifier _net = new();
    private readonly SGD _sgd = new();
    private readonly SGD _momentum = new() { Momentum = 0.9f };
    private readonly Adam _adam = new();
    private readonly AdamW _adamW = new();

    [GlobalSetup]
    public void Setup() => _net.Reserve(1);

    [Benchmark(Baseline = true)]
    public void SGD() => _sgd.Step(_net);

    [Benchmark]
    public void SGDWithMomentum() => _momentum.Step(_net);

    [Benchmark]
    public void Adam() => _adam.Step(_net);

    [Benchmark]
    public void AdamW() => _adamW.Step(_net);
}
