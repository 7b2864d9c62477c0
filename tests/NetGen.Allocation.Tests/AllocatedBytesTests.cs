namespace NetGen.Allocation.Tests;

/// <summary>The measure itself: it must see the smallest object there is.</summary>
public sealed class AllocatedBytesTests
{
    private const int SmallestObject = 24;

    // Kept in a field, because the compiler may place an object on the stack that nobody else sees.
    private static object? _escaped;

    [Fact]
    public void Work_that_allocates_nothing_counts_0() => Assert.Equal(0, AllocatedBytes.During(() => { }));

    [Fact]
    public void One_object_is_seen() => Assert.Equal(SmallestObject, AllocatedBytes.During(Allocate));

    [Fact]
    public void One_object_among_a_thousand_calls_is_seen()
    {
        int calls = 0;
        Assert.Equal(SmallestObject, AllocatedBytes.During(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                if (++calls % 1000 == 0)
                {
                    Allocate();
                }
            }
        }));
    }

    [Fact]
    public void One_object_on_another_thread_is_seen()
    {
        using Worker worker = new(Allocate);
        Assert.Equal(SmallestObject, AllocatedBytes.During(worker.RunOnce));
    }

    [Fact]
    public void Another_thread_by_itself_counts_0()
    {
        using Worker worker = new(() => { });
        Assert.Equal(0, AllocatedBytes.During(worker.RunOnce));
    }

    private static void Allocate() => _escaped = new object();
}
