using NetGen.CompilerServices;
using NetGen.Tests.Simd;

namespace NetGen.Tests.Kernels;

/// <summary>Sequences reduced over time, with and without lengths.</summary>
public class OverTimeTests
{
    private static readonly (int Samples, int Time, int Features, bool HasLengths)[] Shapes =
        [(1, 1, 1, false), (3, 5, 7, false), (2, 200, 3, false), (4, 9, 16, true), (5, 4, 33, true), (3, 100, 20, true)];

    public static TheoryData<Width, int> Cases => Widths.With([.. Enumerable.Range(0, Shapes.Length)]);

    [Theory, MemberData(nameof(Cases))]
    public void Means_are_over_the_steps_within_the_length(Width width, int shape)
    {
        var (samples, time, features, _) = Shapes[shape];
        int[] lengths = LengthsOf(shape);
        GuardedFloats x = GuardedFloats.Random(samples * time * features, 1), y = new(samples * features), dy = GuardedFloats.Random(y.Length, 2), dx = new(x.Length);
        Widths.Run(width, new OverTime.MeanKernel(x, lengths, y, time, features));
        y.AssertClose(i => Enumerable.Range(0, Steps(shape, i / features)).Sum(t => (double)x[At(shape, i / features, t, i % features)]) / Steps(shape, i / features));
        Widths.Run(width, new OverTime.MeanGradientKernel(dy, lengths, dx, time, features));
        dx.AssertClose(i =>
        {
            int sample = i / (time * features);
            return i / features % time < Steps(shape, sample) ? (double)dy[(sample * features) + (i % features)] / Steps(shape, sample) : 0;
        });
        OverTime.Mean(x, lengths, dy, time, features);
        dy.AssertClose(i => y[i]);
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_gradient_of_a_maximum_goes_to_its_first_step(Width width, int shape)
    {
        var (samples, time, features, _) = Shapes[shape];
        int[] lengths = LengthsOf(shape);
        GuardedFloats x = GuardedFloats.Random(samples * time * features, 1, -3, 3), y = new(samples * features), dy = GuardedFloats.Random(y.Length, 2), dx = new(x.Length);
        // Many ties.
        foreach (ref float value in x.Span) value = MathF.Round(value);
        Widths.Run(width, new OverTime.MaxKernel(x, lengths, y, time, features));
        y.AssertClose(i => x[At(shape, i / features, FirstLargest(i), i % features)]);
        Widths.Run(width, new OverTime.MaxGradientKernel(x, y, dy, lengths, dx, time, features));
        dx.AssertClose(i =>
        {
            int column = (i / (time * features) * features) + (i % features);
            return i / features % time == FirstLargest(column) ? dy[column] : 0;
        });
        OverTime.Max(x, lengths, dy, time, features);
        dy.AssertClose(i => y[i]);

        int FirstLargest(int column) =>
            Enumerable.Range(0, Steps(shape, column / features)).OrderByDescending(t => x[At(shape, column / features, t, column % features)]).First();
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_last_step_is_that_of_the_length(Width width, int shape)
    {
        var (samples, time, features, _) = Shapes[shape];
        int[] lengths = LengthsOf(shape);
        GuardedFloats x = GuardedFloats.Random(samples * time * features, (int)width), y = new(samples * features), dx = new(x.Length);
        OverTime.Last(x, lengths, y, time, features);
        y.AssertClose(i => x[At(shape, i / features, Steps(shape, i / features) - 1, i % features)]);
        OverTime.LastGradient(y, lengths, dx, time, features);
        dx.AssertClose(i => i / features % time == Steps(shape, i / (time * features)) - 1 ? x[i] : 0);
    }

    [Fact]
    public void A_maximum_over_NaN_is_NaN()
    {
        float[] y = new float[2];
        OverTime.Max([1, 2, float.NaN, 1, 0, 5], [], y, 3, 2);
        Assert.Equal([float.NaN, 5], y);
    }

    [Fact]
    public void The_gradient_of_a_maximum_that_is_NaN_goes_to_the_first_NaN()
    {
        float[] x = [1, 2, float.NaN, 1, float.NaN, 5], y = new float[2], dx = new float[6];
        OverTime.Max(x, [], y, 3, 2);
        OverTime.MaxGradient(x, y, [7, 8], [], dx, 3, 2);
        Assert.Equal([0, 0, 7, 0, 0, 8], dx);
    }

    [Fact]
    public void Lengths_that_no_sequence_has_leave_no_memory()
    {
        float[] x = [1, 2, 3, 4], y = new float[2];
        OverTime.Last(x, [0, 9], y, 2, 1);
        Assert.Equal([0, 4], y);
        OverTime.Mean(x, [-1, 9], y, 2, 1);
        Assert.Equal([0, 3.5f], y);
        OverTime.Max(x, [int.MinValue, 9], y, 2, 1);
        Assert.Equal([0, 4], y);
    }

    private static int[] LengthsOf(int shape) =>
        Shapes[shape].HasLengths ? [.. Enumerable.Range(0, Shapes[shape].Samples).Select(s => Steps(shape, s))] : [];

    private static int Steps(int shape, int sample) => Shapes[shape].HasLengths ? Shapes[shape].Time - (sample * 3 % Shapes[shape].Time) : Shapes[shape].Time;

    private static int At(int shape, int sample, int step, int feature) => (((sample * Shapes[shape].Time) + step) * Shapes[shape].Features) + feature;
}
