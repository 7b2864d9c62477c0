using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using NetGen.Benchmarks.Workloads;
using NetGen.CompilerServices;

namespace NetGen.Benchmarks.Kernels;

/// <summary>A step of Adam over ten million parameters, which memory limits, beside the least that touches as many bytes: four buffers read, three of them written back.</summary>
public class BandwidthBenchmarks
{
    private const int Parameters = 10_000_000;

    private readonly TenMillion _net = new();
    private readonly Adam _adam = new();
    private readonly AlignedBuffer _a = Numbers.Random(Parameters, 1), _b = Numbers.Random(Parameters, 2), _c = Numbers.Random(Parameters, 3), _d = Numbers.Random(Parameters, 4);

    [GlobalSetup]
    public void Setup() => _net.Reserve(1);

    /// <summary><c>a += d; b += d; c += d</c>.</summary>
    [Benchmark(Baseline = true)]
    public void Memory() => Simd.Run(new ThreeSums(_a.Span, _b.Span, _c.Span, _d.Span));

    [Benchmark]
    public void Adam() => _adam.Step(_net);

    private readonly ref struct ThreeSums(Span<float> a, Span<float> b, Span<float> c, ReadOnlySpan<float> d) : ISimdKernel
    {
        private readonly Span<float> _a = a, _b = b, _c = c;
        private readonly ReadOnlySpan<float> _d = d;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            ref float a = ref MemoryMarshal.GetReference(_a), b = ref MemoryMarshal.GetReference(_b), c = ref MemoryMarshal.GetReference(_c);
            ref float d = ref MemoryMarshal.GetReference(_d);
            for (int i = 0; i < Parameters; i += 16)
            {
                V added = V.Load(ref Unsafe.Add(ref d, i));
                V.Store(V.Load(ref Unsafe.Add(ref a, i)) + added, ref Unsafe.Add(ref a, i));
                V.Store(V.Load(ref Unsafe.Add(ref b, i)) + added, ref Unsafe.Add(ref b, i));
                V.Store(V.Load(ref Unsafe.Add(ref c, i)) + added, ref Unsafe.Add(ref c, i));
            }
        }
    }
}
