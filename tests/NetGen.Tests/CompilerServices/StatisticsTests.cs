using NetGen.CompilerServices;

namespace NetGen.Tests.CompilerServices;

public sealed class StatisticsTests
{
    [Theory]
    [InlineData(7, 5, 1, 1, 3)]
    [InlineData(4, 3, 2, 6, 0)]
    [InlineData(9, 130, 3, 1, 2)]
    [InlineData(1, 200, 1, 2, 1)]
    public void Equals_the_definition(int count, int length, int outer, int inner, int start)
    {
        int size = outer * length * inner;
        int sampleSize = start + size + 2;
        Random random = new(1);
        float[] samples = [.. Enumerable.Range(0, count * sampleSize).Select(_ => (float)(random.NextDouble() * 10 + 1000))];
        float[] mean = new float[length];
        float[] std = new float[length];
        Statistics.Fit(samples, sampleSize, start, size, length, inner, mean, std);
        for (int l = 0; l < length; l++)
        {
            double[] values =
            [
                .. from sample in Enumerable.Range(0, count)
                   from o in Enumerable.Range(0, outer)
                   from i in Enumerable.Range(0, inner)
                   select (double)samples[sample * sampleSize + start + (o * length + l) * inner + i],
            ];
            double average = values.Average();
            double deviation = Math.Sqrt(values.Average(value => (value - average) * (value - average)));
            Assert.Equal(average, mean[l], 1e-3);
            Assert.Equal(deviation == 0 ? 1 : deviation, std[l], 1e-5);
        }
    }

    [Fact]
    public void A_feature_that_never_changes_gets_1_and_not_a_rounding_error()
    {
        float[] samples = [.. Enumerable.Repeat(0.1f, 1001)];
        float[] mean = new float[1];
        float[] std = new float[1];
        Statistics.Fit(samples, 1, 0, 1, 1, 1, mean, std);
        Assert.Equal((0.1f, 1f), (mean[0], std[0]));
    }

    [Fact]
    public void A_deviation_that_is_not_finite_becomes_1()
    {
        float[] mean = new float[2];
        float[] std = new float[2];
        Statistics.Fit([1, 1, float.PositiveInfinity, 3], 2, 0, 2, 2, 1, mean, std);
        Assert.Equal([1, 1], std);
        Assert.Equal(2, mean[1]);
    }

    [Fact]
    public void Without_samples_nothing_is_changed_by_standardising()
    {
        float[] mean = [5];
        float[] std = [5];
        Statistics.Fit([], 1, 0, 1, 1, 1, mean, std);
        Assert.Equal((0f, 1f), (mean[0], std[0]));
    }
}
