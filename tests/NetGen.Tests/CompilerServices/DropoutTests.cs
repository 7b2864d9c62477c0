using NetGen.CompilerServices;
using NetGen.Tests.Simd;

namespace NetGen.Tests.CompilerServices;

public sealed class DropoutTests
{
    [Fact]
    public void Kept_elements_are_scaled_and_the_rest_are_zero()
    {
        float[] x = Ones(10_000);
        float[] y = Apply(x, 0.25f);
        Assert.All(y, value => Assert.True(value is 0 or 1 / 0.75f));
        Assert.InRange(y.Count(value => value == 0), 2300, 2700);
    }

    [Theory]
    [MemberData(nameof(Widths.Theory), MemberType = typeof(Widths))]
    public void Each_element_goes_by_its_own_word_of_the_stream(Width width)
    {
        foreach (int length in Widths.Lengths)
        {
            float[] x = [.. Enumerable.Range(1, length).Select(i => (float)i)], y = new float[length];
            Widths.Run(width, new Dropout.ApplyKernel(x, y, 0.375f, seed: 1, step: 2, layer: 3, firstBlock: 5));
            for (int i = 0; i < length; i++)
            {
                bool dropped = Philox.Block(5 + (uint)(i / 4), 3, 2, 1)[i % 4] < 0.375 * 4294967296.0;
                Assert.Equal(dropped ? 0 : x[i] * (1 / 0.625f), y[i]);
            }
        }
    }

    [Fact]
    public void Rate_0_keeps_everything() => Assert.Equal(Ones(11), Apply(Ones(11), 0));

    [Fact]
    public void Dropped_is_zero_whatever_was_there()
    {
        float[] mask = Apply(Ones(100), 0.5f);
        float[] y = Apply([.. Enumerable.Repeat(float.NaN, 100)], 0.5f);
        Assert.Equal(mask.Select(value => value == 0), y.Select(value => value == 0));
    }

    [Fact]
    public void An_element_does_not_depend_on_how_many_follow()
    {
        float[] all = Apply(Ones(64), 0.5f);
        for (int length = 0; length < 64; length++)
        {
            Assert.Equal(all[..length], Apply(Ones(length), 0.5f));
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(52)]
    public void A_part_of_a_batch_drops_what_the_whole_drops_there(int first)
    {
        Assert.Equal(Apply(Ones(64), 0.5f)[first..], Apply(Ones(64 - first), 0.5f, first: first));
    }

    [Fact]
    public void In_place_is_the_same()
    {
        float[] x = Ones(37);
        float[] expected = Apply(x, 0.3f);
        Dropout.Apply(x, x, 0.3f, seed: 1, step: 2, layer: 3, first: 0);
        Assert.Equal(expected, x);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(21)]
    public void Channels_are_dropped_as_a_whole_by_the_mask_of_samples_and_channels(int channels)
    {
        const int samples = 7, pixels = 5, first = 2;
        float[] mask = Apply(Ones((first + samples) * channels), 0.5f), x = [.. Enumerable.Range(1, samples * pixels * channels).Select(i => (float)i)];
        float[] expected = [.. x.Select((value, i) => value * mask[((first + (i / (pixels * channels))) * channels) + (i % channels)])];
        Dropout.ApplyToChannels(x, x, 0.5f, seed: 1, step: 2, layer: 3, first, pixels, channels);
        Assert.Equal(expected, x);
    }

    [Fact]
    public void Seed_step_and_layer_each_change_the_mask()
    {
        float[][] masks =
        [
            Apply(Ones(200), 0.5f), Apply(Ones(200), 0.5f, seed: 2), Apply(Ones(200), 0.5f, seed: 1UL << 32), Apply(Ones(200), 0.5f, step: 3),
            Apply(Ones(200), 0.5f, step: 2 + (1L << 32)), Apply(Ones(200), 0.5f, layer: 4),
        ];
        for (int i = 0; i < masks.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                // Independent masks differ in half of their elements.
                Assert.InRange(masks[i].Zip(masks[j]).Count(pair => pair.First != pair.Second), 60, 140);
            }
        }
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        float[] x = Ones(100);
        Dropout.Apply(x, x, 0.5f, 1, 1, 1, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Dropout.Apply(x, x, 0.5f, 1, 1, 1, 0);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static float[] Ones(int length) => [.. Enumerable.Repeat(1f, length)];

    private static float[] Apply(float[] x, float rate, ulong seed = 1, long step = 2, int layer = 3, int first = 0)
    {
        float[] y = new float[x.Length];
        Dropout.Apply(x, y, rate, seed, step, layer, first);
        return y;
    }
}
