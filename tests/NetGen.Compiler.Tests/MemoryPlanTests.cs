using NetGen.Compiler.Ir;
using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Tests;

public sealed class MemoryPlanTests
{
    [Theory]
    [InlineData(0, 16, 0, 16, true)]
    [InlineData(0, 32, 16, 32, true)]
    [InlineData(16, 32, 0, 32, true)]
    [InlineData(0, 64, 16, 16, true)]
    [InlineData(0, 16, 16, 16, false)]
    [InlineData(16, 16, 0, 16, false)]
    public void Values_of_one_region_share_memory_where_their_stretches_meet(int first, int firstSize, int second, int secondSize, bool share)
    {
        Assert.Equal(share, Growing(Region.Arena, first, firstSize).Overlaps(Growing(Region.Arena, second, secondSize)));
        Assert.Equal(share, Constant(Region.Arena, first, firstSize).Overlaps(Constant(Region.Arena, second, secondSize)));
    }

    [Fact]
    public void Other_regions_numbers_that_are_returned_and_values_of_the_other_kind_share_nothing()
    {
        Assert.False(Growing(Region.Arena, 0, 16).Overlaps(Growing(Region.Output, 0, 16)));
        Assert.False(Growing(Region.Result, 0, 16).Overlaps(Growing(Region.Result, 0, 16)));
        Assert.False(Growing(Region.Arena, 0, 16).Overlaps(Constant(Region.Arena, 0, 16)));
        Assert.False(Constant(Region.Arena, 0, 16).Overlaps(Growing(Region.Arena, 0, 16)));
    }

    private static Location Growing(Region region, int offset, int size) => new(region, new(offset, 0), new(size, 0));

    private static Location Constant(Region region, int offset, int size) => new(region, new(0, offset), new(0, size));
}
