using NetGen.CompilerServices;

namespace NetGen.Tests.CompilerServices;

public sealed class InitializeTests
{
    private const int Count = 100_000;

    [Fact]
    public void Uniform_has_the_moments_of_its_distribution_and_stays_within_its_bound()
    {
        float[] values = Fill((span, seed, stream) => Initialize.Uniform(span, 0.5f, seed, stream), Count);
        Assert.All(values, value => Assert.InRange(value, -0.5f, MathF.BitDecrement(0.5f)));
        Assert.InRange(values.Average(), -0.005, 0.005);
        Assert.InRange(values.Average(value => value * value), 1 / 12.0 - 0.001, 1 / 12.0 + 0.001);
    }

    [Fact]
    public void Normal_has_the_moments_of_its_distribution()
    {
        float[] values = Fill((span, seed, stream) => Initialize.Normal(span, 2, seed, stream), Count);
        Assert.InRange(values.Average(), -0.03, 0.03);
        Assert.InRange(values.Average(value => value * value), 3.9, 4.1);
        Assert.InRange(values.Average(value => Math.Pow(value, 4)), 46, 50);
        Assert.InRange(values.Count(value => Math.Abs(value) > 4) / (double)Count, 0.043, 0.048);
        Assert.InRange(values.Zip(values.Skip(1)).Average(pair => (double)pair.First * pair.Second), -0.05, 0.05);
    }

    [Fact]
    public void Constant_fills() => Assert.Equal([3, 3, 3], Fill((span, _, _) => Initialize.Constant(span, 3), 3));

    [Fact]
    public void An_element_depends_on_seed_stream_and_place_only()
    {
        Action<float[], ulong, int>[] kinds =
        [
            (span, seed, stream) => Initialize.Uniform(span, 1, seed, stream),
            (span, seed, stream) => Initialize.Normal(span, 1, seed, stream),
        ];
        foreach (Action<float[], ulong, int> kind in kinds)
        {
            float[] all = Fill(kind, 21);
            for (int length = 0; length < all.Length; length++)
            {
                Assert.Equal(all[..length], Fill(kind, length));
            }
            Assert.NotEqual(all, Fill(kind, 21, seed: 2));
            Assert.NotEqual(all, Fill(kind, 21, stream: 2));
        }
    }

    private static float[] Fill(Action<float[], ulong, int> fill, int length, ulong seed = 1, int stream = 1)
    {
        float[] values = new float[length];
        fill(values, seed, stream);
        return values;
    }
}
