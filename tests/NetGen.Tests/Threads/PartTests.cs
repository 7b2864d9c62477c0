using NetGen.CompilerServices;

namespace NetGen.Tests.Threads;

public sealed class PartTests
{
    [Fact]
    public void Parts_follow_one_another_in_whole_units_that_differ_by_at_most_one_and_cover_every_item_once()
    {
        int[] lengths = [0, 1, 2, 7, 15, 16, 17, 31, 33, 64, 100, 1000, 12345];
        foreach (int length in lengths)
        {
            foreach (int unit in (int[])[1, 2, 8, 14, 16, 48, 1000])
            {
                foreach (int workers in (int[])[1, 2, 3, 4, 5, 8, 64])
                {
                    int next = 0;
                    int fewest = int.MaxValue;
                    int most = 0;
                    for (int index = 0; index < workers; index++)
                    {
                        Part part = Member(index, workers).Part(length, unit);
                        Assert.Equal(next, part.Start);
                        Assert.True(part.Start % unit == 0 || part.Start == length);
                        next += part.Count;
                        int units = (part.Count + unit - 1) / unit;
                        (fewest, most) = (Math.Min(fewest, units), Math.Max(most, units));
                    }
                    Assert.Equal(length, next);
                    Assert.InRange(most - fewest, 0, 1);
                }
            }
        }
    }

    [Fact]
    public void A_worker_alone_has_everything()
    {
        Part part = Worker.Alone.Part(1001, 16);
        Assert.Equal((0, 1001), (part.Start, part.Count));
        Assert.Equal((0, 1, true), (Worker.Alone.Index, Worker.Alone.Count, Worker.Alone.IsFirst));
        Worker.Alone.Barrier();
    }

    [Fact]
    public void The_longest_length_does_not_overflow()
    {
        Part last = Member(1023, 1024).Part(int.MaxValue, 1 << 20);
        Assert.Equal(int.MaxValue, last.Start + last.Count);
        Assert.True(last.Count > 0);
    }

    [Fact]
    public void A_part_of_values_has_those_of_its_items()
    {
        float[] floats = [.. Enumerable.Range(0, 30).Select(i => (float)i)];
        int[] ints = [.. Enumerable.Range(0, 30)];
        Part part = Member(1, 2).Part(10, 3);

        Assert.Equal((6, 4), (part.Start, part.Count));
        Assert.Equal(floats[18..], part.Of(floats.AsSpan(), 3));
        Assert.Equal(floats[18..], part.Of((ReadOnlySpan<float>)floats, 3));
        Assert.Equal(ints[6..10], part.Of(ints, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => part.Of(floats.AsSpan(0, 29), 3));
    }

    /// <summary>One of several workers of a region that nobody runs.</summary>
    private static Worker Member(int index, int workers) => new(new Crew(), index, workers - 1);
}
