using NetGen.CompilerServices;

namespace NetGen.Tests.Kernels;

/// <summary>Groups of channels, normalised for each sample, against sums in double.</summary>
public class GroupNormTests
{
    private const float Epsilon = 1e-5f;

    [Theory]
    [InlineData(1, 4, 6, 2)]
    [InlineData(3, 100, 6, 3)]
    [InlineData(2, 9, 40, 5)]
    [InlineData(2, 67, 17, 17)]
    [InlineData(2, 70, 3, 1)]
    public void Values_and_gradients_are_those_of_the_formula(int samples, int pixels, int channels, int groups)
    {
        (int size, int width) = (pixels * channels, channels / groups);
        GuardedFloats x = GuardedFloats.Random(samples * size, 1, -1, 3), dy = GuardedFloats.Random(samples * size, 2), weight = GuardedFloats.Random(channels, 3);
        GuardedFloats ofSamples = new(samples * 2 * channels), moments = new(samples * 3 * channels), y = new(x.Length), sums = new(samples * 2 * channels), dx = new(x.Length);
        Moments.OfSamples(x, ofSamples, pixels, channels);
        Moments.OfGroups(ofSamples, moments, pixels, channels, groups, Epsilon);
        moments.AssertClose(i =>
        {
            int[] members = [.. Members(i / (3 * channels), i % channels)];
            double mean = members.Average(place => (double)x[place]);
            double variance = members.Average(place => (x[place] - mean) * (x[place] - mean));
            return (i / channels % 3) switch { 0 => mean, 1 => variance, _ => 1 / Math.Sqrt(variance + Epsilon) };
        });

        ChannelNorm.Forward(x, moments, weight, default, y, channels);
        y.AssertClose(i => weight[i % channels] * Normalized(i));
        GuardedFloats inPlace = new(x.Length);
        x.Span.CopyTo(inPlace);
        ChannelNorm.Forward(inPlace, moments, weight, default, inPlace, channels);
        inPlace.AssertClose(i => y[i]);

        ChannelNorm.GradientSums(x, moments, dy, sums, pixels, channels);
        foreach (bool weighs in (bool[])[true, false])
        {
            ChannelNorm.GroupInputGradient(dy, x, moments, weighs ? weight.Span : default, sums, dx, pixels, channels, groups);
            dx.AssertClose(i =>
            {
                double Gradient(int place) => (weighs ? weight[place % channels] : 1) * (double)dy[place];
                int[] members = [.. Members(i / size, i % channels)];
                double mean = members.Average(Gradient), product = members.Average(place => Gradient(place) * Normalized(place));
                return moments[(i / size * 3 * channels) + (2 * channels) + (i % channels)] * (Gradient(i) - mean - (Normalized(i) * product));
            });
        }

        IEnumerable<int> Members(int sample, int channel) => Enumerable.Range(sample * size, size).Where(place => place % channels / width == channel / width);

        double Normalized(int i)
        {
            int set = i / size * 3 * channels;
            return (x[i] - (double)moments[set + (i % channels)]) * moments[set + (2 * channels) + (i % channels)];
        }
    }
}
