using NetGen.CompilerServices;

namespace NetGen.Tests.Kernels;

/// <summary>Borders against the plain definition.</summary>
public class BorderTests
{
    [Fact]
    public void What_lies_within_is_the_sample_and_all_else_the_value()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            int axes = random.Next(1, 5), images = random.Next(1, 4);
            int[] extents = Draw(1, 7), before = Draw(0, 3), after = Draw(0, 3);
            Check(extents, before, after, images, value: random.Next(2) == 0 ? 0 : -2.5f);

            int[] Draw(int least, int end) => [.. Enumerable.Range(0, axes).Select(_ => random.Next(3) == 0 ? least : random.Next(least, end))];
        }
    }

    [Fact]
    public void No_border_is_a_copy() => Check([3, 4, 5], [0, 0, 0], [0, 0, 0], images: 2, value: 1);

    private static void Check(int[] extents, int[] before, int[] after, int images, float value)
    {
        int[] result = [.. extents.Select((extent, axis) => before[axis] + extent + after[axis])];
        int size = Product(extents), resultSize = Product(result);
        GuardedFloats x = GuardedFloats.Random(images * size, 1), y = new(images * resultSize);
        Border.Add(x, y, images, new(extents, before, after), value);
        y.AssertGuards();
        for (int i = 0; i < y.Length; i++)
        {
            // From the index in the result, last axis first, to the place in the source.
            int rest = i % resultSize, source = i / resultSize * size, step = 1;
            bool inside = true;
            for (int axis = extents.Length - 1; axis >= 0; axis--)
            {
                int place = (rest % result[axis]) - before[axis];
                inside &= place >= 0 && place < extents[axis];
                source += place * step;
                step *= extents[axis];
                rest /= result[axis];
            }
            Assert.Equal(inside ? x[source] : value, y[i]);
        }
    }

    private static int Product(int[] extents) => extents.Aggregate(1, (product, extent) => product * extent);
}
