using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Peers;
using NetGen.CompilerServices;

namespace NetGen.Benchmarks.Workloads;

/// <summary>Elementary functions of many elements, from the first level of cache.</summary>
internal static class MapWorkloads
{
    private const int Count = 4096;

    public static IEnumerable<Workload> All =>
    [
        Create("exp", Activation(default(Exp))),
        Create("tanh", Activation(default(Tanh))),
        Create("sigmoid", Activation(default(Sigmoid))),
        Create("erf", Activation(default(Erf))),
        Create("gelu", Activation(default(GELU))),
        Create("log", Activation(default(Log), least: 0.001f, most: 8)),
        Create("softmax", SoftmaxOfRows),
    ];

    // The times are those of 512-bit vectors; on other hardware only ratios count.
    private static Workload Create(string function, Func<Action<int>> run) =>
        new("math", $"math-{function}", new Map(function, Count), run)
        {
            Peers = [PeerTable.PyTorch],
            Targets = Vector512.IsHardwareAccelerated ? [new Nanoseconds(0.12)] : [],
        };

    private static Func<Action<int>> Activation<TActivation>(TActivation activation, float least = -4, float most = 4)
        where TActivation : struct, IActivation => () =>
    {
        AlignedBuffer x = Numbers.Random(Count, 1, least, most), y = new(Count);
        return Turn.Repeat(() => Elementwise.Activate(x.Span, y.Span, activation));
    };

    private static Action<int> SoftmaxOfRows()
    {
        AlignedBuffer x = Numbers.Random(Count, 1, -4, 4), y = new(Count);
        return Turn.Repeat(() => Softmax.Forward(x.Span, y.Span, Map.SoftmaxWidth));
    }

    // Functions that are no layer by themselves. Only values are measured, so none has a gradient.
    private readonly struct Exp : IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => VectorMath.Exp(x);

        public V Gradient<V>(V saved, V dy) where V : struct, ILanes<V> => throw new NotSupportedException();
    }

    private readonly struct Erf : IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => VectorMath.Erf(x);

        public V Gradient<V>(V saved, V dy) where V : struct, ILanes<V> => throw new NotSupportedException();
    }

    private readonly struct Log : IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => VectorMath.Log(x);

        public V Gradient<V>(V saved, V dy) where V : struct, ILanes<V> => throw new NotSupportedException();
    }
}
