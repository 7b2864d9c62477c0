using NetGen.CompilerServices;
using NetGen.Tests.Simd;

namespace NetGen.Tests.Kernels;

/// <summary>Moments of channels, normalisation and its gradients, against sums in double.</summary>
public class ChannelNormTests
{
    private const float Epsilon = 1e-5f;

    private static readonly (int Samples, int Pixels, int Channels)[] Shapes =
        [(1, 1, 1), (3, 1, 5), (70, 1, 17), (2, 9, 3), (3, 100, 3), (2, 67, 15), (2, 130, 16), (5, 4, 20), (2, 33, 33), (1, 300, 8), (2, 10, 600)];

    public static TheoryData<Width, int> Cases => Widths.With([.. Enumerable.Range(0, Shapes.Length)]);

    [Theory, MemberData(nameof(Cases))]
    public void Moments_of_a_batch_are_those_of_all_its_pixels(Width width, int shape)
    {
        var (samples, pixels, channels) = Shapes[shape];
        foreach (float centre in (float[])[0, 100])
        {
            GuardedFloats x = GuardedFloats.Random(samples * pixels * channels, shape, centre - 1, centre + 1), ofSamples = new(samples * 2 * channels), moments = new(3 * channels);
            Widths.Run(width, new Moments.SamplesKernel(x, ofSamples, pixels, channels));
            ofSamples.AssertGuards();
            // In two parts, as two workers do it.
            int half = Math.Min(16, channels);
            foreach (Part part in new Part[] { new(0, half), new(half, channels - half) })
            {
                Widths.Run(width, new Moments.BatchKernel(pixels == 1 ? x : ofSamples, moments, pixels == 1 ? channels : 2 * channels, pixels, Epsilon, part));
            }
            double[][] exact = [.. Enumerable.Range(0, channels).Select(channel => Exact(x.Span, channel, channels))];
            moments.AssertGuards();
            for (int c = 0; c < channels; c++)
            {
                Assert.Equal(exact[c][0], moments[c], Math.Abs(centre + 1) * 1e-6);
                Assert.Equal(exact[c][1], moments[channels + c], 1e-5 * Math.Max(exact[c][1], 1e-3));
                Assert.Equal(1 / Math.Sqrt(exact[c][1] + Epsilon), moments[(2 * channels) + c], 1e-5 / Math.Sqrt(exact[c][1] + Epsilon));
            }
        }
    }

    [Fact]
    public void Equal_values_have_no_variance()
    {
        GuardedFloats x = new(1000 * 3), ofSamples = new(10 * 2 * 3), moments = new(3 * 3);
        x.Span.Fill(0.1f);
        Moments.OfSamples(x, ofSamples, pixels: 100, channels: 3);
        Moments.OfBatch(ofSamples, moments, pixels: 100, channels: 3, Epsilon, Worker.Alone);
        for (int c = 0; c < 3; c++)
        {
            Assert.Equal(0.1f, moments[c], 1e-7f);
            Assert.InRange(moments[3 + c], 0, 1e-12f);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Every_pixel_is_normalised_scaled_and_shifted(Width width, int shape)
    {
        var (samples, pixels, channels) = Shapes[shape];
        GuardedFloats x = GuardedFloats.Random(samples * pixels * channels, 1), moments = RandomMoments(channels),
            weight = GuardedFloats.Random(channels, 3), bias = GuardedFloats.Random(channels, 4);
        GuardedFloats y = new(x.Length), folded = new(2 * channels);
        Widths.Run(width, new ChannelNorm.ForwardKernel(x, moments.Span[..channels], moments.Span[(2 * channels)..], weight, bias, y, channels));
        y.AssertClose(Expected);
        Widths.Run(width, new ChannelNorm.ForwardKernel(x, moments.Span[..channels], moments.Span[(2 * channels)..], default, default, y, channels));
        y.AssertClose(i => (x[i] - (double)moments[i % channels]) * moments[(2 * channels) + (i % channels)]);
        ChannelNorm.Forward(x, moments, weight, bias, y, channels);
        y.AssertClose(Expected);

        Widths.Run(width, new ChannelNorm.FoldKernel(weight, bias, moments.Span[..channels], moments.Span.Slice(channels, channels), default, folded, Epsilon));
        Widths.Run(width, new ChannelNorm.ScaleShiftKernel(x, folded.Span[..channels], folded.Span[channels..], y));
        folded.AssertGuards();
        y.AssertClose(Expected);
        ChannelNorm.ScaleShift(x, folded, x, channels);
        x.AssertClose(i => y[i]);

        double Expected(int i)
        {
            int c = i % channels;
            return ((x[i] - (double)moments[c]) * moments[(2 * channels) + c] * weight[c]) + bias[c];
        }
    }

    [Fact]
    public void A_bias_before_is_folded_too()
    {
        float[] folded = new float[2];
        ChannelNorm.Fold([2], [3], [5], [4], [7], folded, 0);
        Assert.Equal([1, 5], folded);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Gradients_are_those_of_the_formula(Width width, int shape)
    {
        var (samples, pixels, channels) = Shapes[shape];
        int count = samples * pixels;
        GuardedFloats x = GuardedFloats.Random(count * channels, 1), dy = GuardedFloats.Random(count * channels, 2), moments = RandomMoments(channels),
            weight = GuardedFloats.Random(channels, 3);
        GuardedFloats sums = new(samples * 2 * channels), batch = GuardedFloats.Random(2 * channels, 5, -10, 10), dx = new(x.Length), alone = new(x.Length);
        Widths.Run(width, new ChannelNorm.SumsKernel(x, moments, dy, sums, pixels, channels));
        sums.AssertClose(i =>
        {
            (int sample, int which, int c) = (i / (2 * channels), i / channels % 2, i % channels);
            double sum = 0;
            for (int p = 0; p < pixels; p++)
            {
                int place = (((sample * pixels) + p) * channels) + c;
                sum += which == 0 ? dy[place] : dy[place] * Normalized(place);
            }
            return sum;
        });

        Widths.Run(width, new ChannelNorm.InputKernel(
            dy, x, moments.Span[..channels], moments.Span[(2 * channels)..], weight, batch.Span[..channels], batch.Span[channels..], dx, 1f / count, weightsSums: true));
        dx.AssertClose(Expected);
        ChannelNorm.InputGradient(dy, x, moments, weight, batch, alone, channels, count);
        alone.AssertClose(Expected);
        ChannelNorm.InputGradient(dy, x, moments, weight, batch, dy, channels, count);
        dy.AssertClose(i => alone[i]);

        double Normalized(int i) => (x[i] - (double)moments[i % channels]) * moments[(2 * channels) + (i % channels)];

        double Expected(int i)
        {
            int c = i % channels;
            return (double)weight[c] * moments[(2 * channels) + c] * (dy[i] - ((batch[c] + (batch[channels + c] * Normalized(i))) / count));
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_sample_has_the_same_bits_alone_and_among_others(Width width, int shape)
    {
        var (samples, pixels, channels) = Shapes[shape];
        int size = pixels * channels;
        GuardedFloats x = GuardedFloats.Random(samples * size, 1), dy = GuardedFloats.Random(samples * size, 2), moments = RandomMoments(channels);
        GuardedFloats of = new(samples * 2 * channels), sums = new(samples * 2 * channels), one = new(2 * channels);
        Widths.Run(width, new Moments.SamplesKernel(x, of, pixels, channels));
        Widths.Run(width, new ChannelNorm.SumsKernel(x, moments, dy, sums, pixels, channels));
        for (int sample = 0; sample < samples; sample++)
        {
            Widths.Run(width, new Moments.SamplesKernel(x.Span.Slice(sample * size, size), one, pixels, channels));
            Assert.Equal(one.Span.ToArray(), of.Span.Slice(sample * 2 * channels, 2 * channels).ToArray());
            Widths.Run(width, new ChannelNorm.SumsKernel(x.Span.Slice(sample * size, size), moments, dy.Span.Slice(sample * size, size), one, pixels, channels));
            Assert.Equal(one.Span.ToArray(), sums.Span.Slice(sample * 2 * channels, 2 * channels).ToArray());
        }
    }

    [Fact]
    public void Running_statistics_move_by_the_momentum_and_take_the_unbiased_variance()
    {
        float[] moments = [3, 8, 0.1f], mean = [1], variance = [2];
        ChannelNorm.UpdateMean(moments, mean, 0.25f);
        ChannelNorm.UpdateVariance(moments, variance, 0.25f, count: 5);
        Assert.Equal(1.5f, mean[0]);
        Assert.Equal(4, variance[0]);
        ChannelNorm.UpdateVariance(moments, variance, 0.25f, count: 1);
        Assert.Equal(4, variance[0]);
    }

    private static GuardedFloats RandomMoments(int channels)
    {
        GuardedFloats moments = GuardedFloats.Random(3 * channels, 9);
        for (int c = 0; c < channels; c++)
        {
            moments.Span[channels + c] = Math.Abs(moments[channels + c]) + 0.5f;
            moments.Span[(2 * channels) + c] = 1 / MathF.Sqrt(moments[channels + c] + Epsilon);
        }
        return moments;
    }

    private static double[] Exact(ReadOnlySpan<float> x, int channel, int channels)
    {
        (double sum, double squares, int count) = (0, 0, x.Length / channels);
        for (int i = channel; i < x.Length; i += channels) sum += x[i];
        for (int i = channel; i < x.Length; i += channels) squares += (x[i] - (sum / count)) * (x[i] - (sum / count));
        return [sum / count, squares / count];
    }
}
