using NetGen.CompilerServices;

namespace NetGen.Tests.Kernels;

/// <summary>Axes in another order against the plain definition.</summary>
public class PermutationTests
{
    [Fact]
    public void The_axes_of_every_sample_change_places()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            int axes = random.Next(1, 6), images = random.Next(1, 4);
            int[] extents = [.. Enumerable.Range(0, axes).Select(_ => random.Next(4) == 0 ? 1 : random.Next(1, axes < 3 ? 70 : axes < 4 ? 40 : 7))];
            int[] order = [.. Enumerable.Range(0, axes)];
            random.Shuffle(order);
            Check(extents, order, images);
        }
    }

    [Theory]
    [InlineData(1, 20)]
    [InlineData(2, 33)]
    [InlineData(3, 100)]
    [InlineData(4, 16)]
    [InlineData(8, 31)]
    [InlineData(15, 47)]
    [InlineData(16, 64)]
    [InlineData(17, 17)]
    [InlineData(24, 40)]
    [InlineData(64, 49)]
    [InlineData(70, 9)]
    public void Channels_go_last_and_first(int channels, int pixels)
    {
        Check([channels, pixels], [1, 0], 2);
        Check([pixels, channels], [1, 0], 2);
        Check([channels, pixels, 3], [1, 2, 0], 2);
        Check([pixels, 3, channels], [2, 0, 1], 2);
    }

    [Fact]
    public void Twelve_axes_turn_around() => Check([.. Enumerable.Repeat(2, 12)], [.. Enumerable.Range(0, 12).Reverse()], 2);

    [Fact]
    public void Nothing_stays_nothing() => Permutation.Apply([], [], 0, new([2, 3], [1, 0]));

    private static void Check(int[] extents, int[] order, int images)
    {
        int size = extents.Aggregate((a, b) => a * b);
        GuardedFloats x = GuardedFloats.Random(images * size, 1), y = new(images * size);
        Permutation.Apply(x, y, images, new(extents, order));
        y.AssertGuards();
        for (int i = 0; i < y.Length; i++)
        {
            // From the index in the result, last axis first, to the place in the source.
            int rest = i % size, source = i - (i % size);
            for (int axis = order.Length - 1; axis >= 0; axis--)
            {
                int extent = extents[order[axis]];
                source += rest % extent * extents[(order[axis] + 1)..].Aggregate(1, (a, b) => a * b);
                rest /= extent;
            }
            Assert.Equal(x[source], y[i]);
        }
    }
}
