using NetGen.CompilerServices;
using NetGen.Tests.Simd;

namespace NetGen.Tests.Kernels;

/// <summary>Arithmetic on tensors of one shape, and on a tensor and a vector.</summary>
public class ElementwiseTests
{
    private static readonly (int Outer, int Length, int Inner)[] Shapes =
        [(0, 3, 2), (1, 1, 1), (3, 1, 1), (2, 5, 1), (3, 16, 1), (2, 33, 1), (1, 7, 15), (3, 2, 16), (2, 3, 17), (4, 5, 33), (1, 1, 100)];

    public static TheoryData<Width, int> Lengths => Widths.With(Widths.Lengths);

    public static TheoryData<Width, int> BroadcastCases => Widths.With([.. Enumerable.Range(0, Shapes.Length)]);

    [Theory, MemberData(nameof(Lengths))]
    public void Operators_are_those_of_floats(Width width, int length)
    {
        Check(width, length, new Elementwise.AddOperator(), (a, b) => a + b);
        Check(width, length, new Elementwise.SubtractOperator(), (a, b) => a - b);
        Check(width, length, new Elementwise.MultiplyOperator(), (a, b) => a * b);
        Check(width, length, new Elementwise.DivideOperator(), (a, b) => a / b);
    }

    [Theory, MemberData(nameof(Lengths))]
    public void Affine_scales_and_shifts(Width width, int length)
    {
        GuardedFloats x = GuardedFloats.Random(length, 1), y = new(length);
        Widths.Run(width, new UnaryMap<Elementwise.AffineOperator>(x, y, new(2.5f, -0.75f)));
        y.AssertClose(i => 2.5 * x[i] - 0.75);
    }

    [Theory, MemberData(nameof(BroadcastCases))]
    public void Broadcasts_repeat_the_vector_along_its_axis(Width width, int shape)
    {
        CheckBroadcast(width, Shapes[shape], new Elementwise.AddOperator(), (a, b) => a + b);
        CheckBroadcast(width, Shapes[shape], new Elementwise.SubtractOperator(), (a, b) => a - b);
        CheckBroadcast(width, Shapes[shape], new Elementwise.MultiplyOperator(), (a, b) => a * b);
        CheckBroadcast(width, Shapes[shape], new Elementwise.DivideOperator(), (a, b) => a / b);
    }

    [Theory, MemberData(nameof(BroadcastCases))]
    public void What_is_missing_is_filled_with_that_of_its_place_and_infinities_stay(Width width, int shape)
    {
        CheckBroadcast(width, Shapes[shape], new Gaps(), (a, b) => a > 0 ? b : a);
        float[] y = new float[4];
        Broadcast.FillMissing([float.NaN, float.NegativeInfinity, -0f, float.NaN], [5, 6], y, length: 2, inner: 1);
        Assert.Equal([5, float.NegativeInfinity, -0f, 6], y);
    }

    [Fact]
    public void The_public_methods_do_what_their_names_say_and_may_work_in_place()
    {
        float[] a = [6, -8, 10, 12], b = [2, 4, -5, 3], v = [2, 4], y = new float[4];
        Elementwise.Add(a, b, y);
        Assert.Equal([8, -4, 5, 15], y);
        Elementwise.Subtract(a, b, y);
        Assert.Equal([4, -12, 15, 9], y);
        Elementwise.Multiply(a, b, y);
        Assert.Equal([12, -32, -50, 36], y);
        Elementwise.Divide(a, b, y);
        Assert.Equal([3, -2, -2, 4], y);
        Elementwise.Affine(a, y, 2, 1);
        Assert.Equal([13, -15, 21, 25], y);
        Broadcast.Add(a, v, y, length: 2, inner: 1);
        Assert.Equal([8, -4, 12, 16], y);
        Broadcast.Subtract(a, v, y, length: 2, inner: 1);
        Assert.Equal([4, -12, 8, 8], y);
        Broadcast.Multiply(a, v, y, length: 2, inner: 2);
        Assert.Equal([12, -16, 40, 48], y);
        Broadcast.Divide(a, v, y, length: 2, inner: 2);
        Assert.Equal([3, -4, 2.5f, 3], y);
        Elementwise.Subtract(a, b, b);
        Assert.Equal([4, -12, 15, 9], b);
        Broadcast.Add(a, v, a, length: 2, inner: 2);
        Assert.Equal([8, -6, 14, 16], a);
    }

    private static void Check<TOperator>(Width width, int length, TOperator f, Func<double, double, double> exact)
        where TOperator : struct, IBinaryOperator
    {
        GuardedFloats a = GuardedFloats.Random(length, 1), b = GuardedFloats.Random(length, 2, 0.5f, 2), y = new(length);
        Widths.Run(width, new BinaryMap<TOperator>(a, b, y, f));
        y.AssertClose(i => exact(a[i], b[i]));
    }

    private static void CheckBroadcast<TOperator>(
        Width width, (int Outer, int Length, int Inner) shape, TOperator f, Func<double, double, double> exact)
        where TOperator : struct, IBinaryOperator
    {
        int count = shape.Outer * shape.Length * shape.Inner;
        GuardedFloats a = GuardedFloats.Random(count, 1), b = GuardedFloats.Random(shape.Length, 2, 0.5f, 2), y = new(count);
        Widths.Run(width, new Broadcast.Kernel<TOperator>(a, b, y, shape.Length, shape.Inner, f));
        y.AssertClose(i => exact(a[i], b[i / shape.Inner % shape.Length]));

        const int samples = 3;
        GuardedFloats batch = GuardedFloats.Random(samples * count, 1), vectors = GuardedFloats.Random(samples * shape.Length, 2, 0.5f, 2), result = new(samples * count);
        Widths.Run(width, new Broadcast.Kernel<TOperator>(batch, vectors, result, shape.Length, shape.Inner, f));
        result.AssertClose(i => exact(batch[i], vectors[(i / count * shape.Length) + (i / shape.Inner % shape.Length)]));
    }

    /// <summary>Takes positive numbers for missing ones.</summary>
    private readonly struct Gaps : IBinaryOperator
    {
        public V Apply<V>(V a, V b) where V : struct, ILanes<V> =>
            new Broadcast.FillMissingOperator().Apply(V.SelectGreater(a, V.Broadcast(0), V.Broadcast(float.NaN), a), b);
    }
}
