using NetGen.CompilerServices;

namespace NetGen.Tests.Simd;

/// <summary>Each operation of <see cref="IVector16{TSelf}"/> on each width against the same operation on single floats.</summary>
public class VectorTests
{
    private const float Inf = float.PositiveInfinity;

    private static readonly float[] X = [0, -0f, 1, -1, 2.5f, -3.25f, 1e-40f, -1e30f, Inf, -Inf, 0.1f, 7, 12, -0.7f, 100.5f, 3];
    private static readonly float[] Y = [1, 2, -1, -1, 0.5f, 8, 3, 1e-3f, 2, 1, -0.3f, 7, -5, -0.7f, 1e-10f, -4];
    private static readonly float[] Z = [5, -6, 1, 0, 0.25f, -8, 1, 2, 3, 4, 0.03f, -49, 60, 0.49f, 1, 12];

    public static TheoryData<Width> Supported => Widths.Theory;

    [Theory, MemberData(nameof(Supported))]
    public void Arithmetic_is_that_of_floats(Width width) => Widths.Run(width, new Arithmetic());

    [Theory, MemberData(nameof(Supported))]
    public void Partial_loads_and_stores_touch_only_their_lanes(Width width) => Widths.Run(width, new Partial());

    [Theory, MemberData(nameof(Supported))]
    public void Selections_follow_comparison_and_count(Width width) => Widths.Run(width, new Selection());

    [Theory, MemberData(nameof(Supported))]
    public void NaN_as_the_second_operand_of_min_and_max_is_the_result(Width width) => Widths.Run(width, new MinMaxNaN());

    [Theory, MemberData(nameof(Supported))]
    public void Lanes_are_summed_in_the_same_order_on_every_width(Width width) => Widths.Run(width, new Lanes());

    [Theory, MemberData(nameof(Supported))]
    public void Scaling_by_powers_of_two_rounds_once(Width width) => Widths.Run(width, new Scaling());

    [Theory, MemberData(nameof(Supported))]
    public void Lanes_are_broadcast_and_multiplied_with_what_lies_in_memory(Width width) => Widths.Run(width, new StraightLine());

    [Theory, MemberData(nameof(Supported))]
    public void Splitting_off_the_power_of_two_is_exact(Width width) => Widths.Run(width, new Splitting());

    private static V Load<V>(float[] values) where V : struct, IVector16<V> => V.Load(ref values[0]);

    private static void AssertLanes<V>(Func<int, float> expected, V actual) where V : struct, IVector16<V>
    {
        var lanes = new float[16];
        V.Store(actual, ref lanes[0]);
        for (int i = 0; i < 16; i++) Assert.Equal(BitConverter.SingleToInt32Bits(expected(i)), BitConverter.SingleToInt32Bits(lanes[i]));
    }

    private readonly struct Arithmetic : ISimdKernel
    {
        public void Run<V>() where V : struct, IVector16<V>
        {
            V x = Load<V>(X), y = Load<V>(Y), z = Load<V>(Z);
            AssertLanes(i => X[i] + Y[i], x + y);
            AssertLanes(i => X[i] - Y[i], x - y);
            AssertLanes(i => X[i] * Y[i], x * y);
            AssertLanes(i => X[i] / Y[i], x / y);
            AssertLanes(i => -X[i], -x);
            AssertLanes(i => MathF.Abs(X[i]), V.Abs(x));
            AssertLanes(i => MathF.Sqrt(MathF.Abs(X[i])), V.Sqrt(V.Abs(x)));
            AssertLanes(i => MathF.CopySign(Y[i], X[i]), V.CopySign(y, x));
            AssertLanes(i => X[i] < Y[i] ? X[i] : Y[i], V.Min(x, y));
            AssertLanes(i => X[i] > Y[i] ? X[i] : Y[i], V.Max(x, y));
            AssertLanes(_ => 1.5f, V.Broadcast(1.5f));

            // Fused or not depends on the hardware, so the sum is given the slack of one rounding of the product.
            var sum = new float[16];
            V.Store(V.MultiplyAdd(x, y, z), ref sum[0]);
            for (int i = 0; i < 16; i++)
            {
                double product = (double)X[i] * Y[i];
                if (double.IsInfinity(product)) Assert.Equal((float)product, sum[i]);
                else Assert.InRange(Math.Abs(sum[i] - (product + Z[i])), 0, 1.2e-7 * (Math.Abs(product) + Math.Abs(Z[i])));
            }
        }
    }

    private readonly struct Partial : ISimdKernel
    {
        public void Run<V>() where V : struct, IVector16<V>
        {
            for (int count = 0; count < 16; count++)
            {
                int n = count;
                GuardedFloats source = GuardedFloats.Random(n, seed: n), destination = new(n);
                V.StorePartial(V.Load(ref X[0]), ref System.Runtime.InteropServices.MemoryMarshal.GetReference(destination.Span), n);
                destination.AssertGuards();
                Assert.Equal(X[..n], destination.Span.ToArray());
                V loaded = V.LoadPartial(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(source.Span), n);
                AssertLanes(i => i < n ? source[i] : 0, loaded);
            }
        }
    }

    private readonly struct StraightLine : ISimdKernel
    {
        // Whole numbers, so that it does not matter whether the sum is fused.
        private static readonly float[] A = [.. Enumerable.Range(0, 16).Select(i => (float)(i - 5))];
        private static readonly float[] B = [.. Enumerable.Range(0, 20).Select(i => (float)(3 * i - 7))];
        private static readonly float[] C = [.. Enumerable.Range(0, 16).Select(i => (float)(100 - i))];

        public void Run<V>() where V : struct, IVector16<V>
        {
            V a = Load<V>(A), c = Load<V>(C);
            AssertLanes(i => A[i] * B[4 + i] + C[i], V.MultiplyAdd(a, in B[0], 4, c));
            AssertLanes(i => 2.5f * B[3 + i] + C[i], V.MultiplyAdd(2.5f, in B[0], 3, c));
            for (int lane = 0; lane < 16; lane++)
            {
                int n = lane;
                AssertLanes(_ => A[n], V.BroadcastLane(a, n));
                AssertLanes(i => A[n] * B[1 + i] + C[i], V.MultiplyAddLane(a, n, in B[0], 1, c));
            }
            for (int count = 1; count <= 4; count++)
            {
                var destination = new GuardedFloats(count);
                V.StoreFew(a, ref destination.Span[0], count);
                destination.AssertGuards();
                Assert.Equal(A[..count], destination.Span.ToArray());
            }
        }
    }

    private readonly struct Selection : ISimdKernel
    {
        public void Run<V>() where V : struct, IVector16<V>
        {
            V x = Load<V>(X), y = Load<V>(Y), nan = V.Broadcast(float.NaN);
            AssertLanes(i => X[i] > Z[i] ? X[i] : Y[i], V.SelectGreater(x, Load<V>(Z), x, y));
            AssertLanes(i => Y[i], V.SelectGreater(x, x, x, y));
            AssertLanes(i => Y[i], V.SelectGreater(nan, x, x, y));
            AssertLanes(i => Y[i], V.SelectGreater(x, nan, x, y));
            for (int count = 0; count <= 16; count++)
            {
                int n = count;
                AssertLanes(i => i < n ? X[i] : Y[i], V.SelectFirst(n, x, y));
            }
        }
    }

    private readonly struct MinMaxNaN : ISimdKernel
    {
        public void Run<V>() where V : struct, IVector16<V>
        {
            AssertLanes(_ => float.NaN, V.Min(Load<V>(X), V.Broadcast(float.NaN)));
            AssertLanes(_ => float.NaN, V.Max(Load<V>(X), V.Broadcast(float.NaN)));
        }
    }

    private readonly struct Lanes : ISimdKernel
    {
        public void Run<V>() where V : struct, IVector16<V>
        {
            for (int seed = 0; seed < 100; seed++)
            {
                GuardedFloats x = GuardedFloats.Random(16, seed);
                float[] tree = x.Span.ToArray();
                for (int half = 8; half > 0; half /= 2)
                {
                    for (int i = 0; i < half; i++) tree[i] += tree[i + half];
                }
                Assert.Equal(tree[0], V.SumLanes(V.Load(ref x.Span[0])));
                double[] wide = [.. x.Span.ToArray().Select(lane => (double)lane)];
                for (int half = 8; half > 0; half /= 2)
                {
                    for (int i = 0; i < half; i++) wide[i] += wide[i + half];
                }
                Assert.Equal(wide[0], V.SumLanesInDouble(V.Load(ref x.Span[0])));
                Assert.Equal(x.Span.ToArray().Max(), V.MaxLanes(V.Load(ref x.Span[0])));
            }
        }
    }

    private readonly struct Scaling : ISimdKernel
    {
        public void Run<V>() where V : struct, IVector16<V>
        {
            foreach (float x in new[] { 0.5f, 0.7654321f, 1, 1.2345678f, 1.9999999f, 0 })
            {
                for (int n = -252; n <= 254; n++)
                {
                    int power = n;
                    AssertLanes(_ => (float)(x * Math.Pow(2, power)), V.ScaleByPowerOfTwo(V.Broadcast(x), V.Broadcast(n)));
                }
            }
            AssertLanes(_ => float.NaN, V.ScaleByPowerOfTwo(V.Broadcast(float.NaN), V.Broadcast(float.NaN)));
        }
    }

    private readonly struct Splitting : ISimdKernel
    {
        public void Run<V>() where V : struct, IVector16<V>
        {
            float[] m = new float[16], n = new float[16];
            foreach (float x in new[] { 1, 0.75f, 0.7499999f, 1.5f, 1.4999999f, 3, 1e30f, float.MaxValue, 1.17549435e-38f, 1e-40f, float.Epsilon })
            {
                V.Store(V.SplitPowerOfTwo(V.Broadcast(x), out V power), ref m[0]);
                V.Store(power, ref n[0]);
                for (int i = 0; i < 16; i++)
                {
                    Assert.True(m[i] >= 0.75f && m[i] < 1.5f, $"{x:R}: {m[i]:R}");
                    Assert.Equal(x, m[i] * Math.Pow(2, n[i]));
                }
            }
        }
    }
}
