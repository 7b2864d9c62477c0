using NetGen.CompilerServices;
using NetGen.Tests.Simd;

namespace NetGen.Tests.Kernels;

/// <summary>Sums over all axes but one, and strided copies.</summary>
public class ReduceTests
{
    private static readonly (int Outer, int Length, int Inner)[] Shapes =
        [(1, 1, 1), (5, 1, 1), (3, 7, 1), (64, 16, 1), (65, 33, 1), (200, 10, 1), (1, 3, 2), (2, 5, 16), (3, 4, 17), (7, 1, 33), (4, 2, 100)];

    public static TheoryData<Width, int> Cases => Widths.With([.. Enumerable.Range(0, Shapes.Length)]);

    [Theory, MemberData(nameof(Cases))]
    public void Sums_run_over_all_axes_but_one(Width width, int shape)
    {
        var (outer, length, inner) = Shapes[shape];
        GuardedFloats x = GuardedFloats.Random(outer * length * inner, 1), y = new(length), z = new(length);
        y.Span.Clear();
        // In two parts, as two workers do it.
        foreach (Part part in new Part[] { new(0, length / 2), new(length / 2, length - (length / 2)) })
        {
            if (inner == 1) Widths.Run(width, new Reduce.OverRows(x, y, part));
            else Widths.Run(width, new Reduce.OverRuns(x, y, inner, part));
        }
        Reduce.Sum(x, z.Span, length, inner, Worker.Alone);
        double Expected(int l)
        {
            double sum = 0;
            for (int i = 0; i < x.Length; i++) sum += i / inner % length == l ? x[i] : 0;
            return sum;
        }
        y.AssertClose(Expected);
        z.AssertClose(Expected);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Each_sample_has_sums_of_its_own(Width width, int shape)
    {
        const int samples = 3;
        var (outer, length, inner) = Shapes[shape];
        int count = outer * length * inner;
        GuardedFloats x = GuardedFloats.Random(samples * count, 1), y = new(samples * length), z = new(samples * length);
        y.Span.Clear();
        Widths.Run(width, new Reduce.EachSample(x, y, length, inner));
        Reduce.SumEach(x, z, length, inner);
        double Expected(int element)
        {
            double sum = 0;
            for (int i = element / length * count; i < ((element / length) + 1) * count; i++) sum += i / inner % length == element % length ? x[i] : 0;
            return sum;
        }
        y.AssertClose(Expected);
        z.AssertClose(Expected);
        Reduce.SumEach([], [], length, inner);
    }

    [Fact]
    public void The_sum_of_nothing_is_0()
    {
        float[] y = [1, 2, 3];
        Reduce.Sum([], y.AsSpan(), length: 3, inner: 1, Worker.Alone);
        Assert.Equal([0, 0, 0], y);
    }

    [Theory]
    [InlineData(3, 5, 7, 4)]
    [InlineData(1, 5, 5, 5)]
    [InlineData(4, 5, 5, 5)]
    [InlineData(2, 3, 9, 1)]
    [InlineData(0, 3, 9, 1)]
    public void Strided_copies_touch_only_the_width_of_each_row(int rows, int sourceStride, int destinationStride, int width)
    {
        GuardedFloats source = GuardedFloats.Random(rows * sourceStride, 1), destination = GuardedFloats.Random(rows * destinationStride, 2);
        float[] before = destination.Span.ToArray();
        Strided.Copy(source, sourceStride, destination, destinationStride, rows, width);
        destination.AssertGuards();
        for (int i = 0; i < before.Length; i++)
        {
            int row = i / destinationStride, column = i % destinationStride;
            Assert.Equal(column < width ? source[row * sourceStride + column] : before[i], destination[i]);
        }
    }

    [Fact]
    public void A_strided_copy_may_end_within_the_last_row()
    {
        var destination = new float[6];
        Strided.Copy([1, 2, 3, 4, 5], 3, destination.AsSpan(1), 3, rows: 2, width: 2);
        Assert.Equal([0, 1, 2, 0, 4, 5], destination);
    }
}
