using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Tests;

public sealed class ConvolutionFormTests
{
    [Theory]
    [InlineData("[Input(16, 8, 8), Conv2D(16, 3)]", true)]
    [InlineData("[Input(16, 6, 8), Conv2D(16, 3)]", true)]
    [InlineData("[Input(15, 8, 8), Conv2D(16, 3)]", false)]
    [InlineData("[Input(16, 8, 8), Conv2D(15, 3)]", false)]
    [InlineData("[Input(16, 4, 5), Conv2D(16, 3)]", false)]
    [InlineData("[Input(16, 8, 8), Conv2D(16, 5)]", false)]
    [InlineData("[Input(16, 8, 8), Conv2D(16, 3, 1)]", false)]
    [InlineData("[Input(16, 16, 16), Conv2D(16, 3, Stride = 2)]", false)]
    [InlineData("[Input(16, 16, 16), Conv2D(16, 3, Dilation = 2)]", false)]
    [InlineData("[Input(32, 16, 16), Conv2D(32, 3, Groups = 2)]", false)]
    [InlineData("[Input(16, 8, 8, 8), Conv3D(16, 3)]", false)]
    [InlineData("[Input(100, 16), Conv1D(16, 3)]", false)]
    public void Minimal_filtering_is_for_three_neighbours_on_both_axes_and_enough_channels_and_tiles(string attributes, bool expected) =>
        Assert.Equal(expected, Graphs.Lower(attributes).Nodes.Select(node => node.Op).OfType<Convolve>().Single().Shape.IsWinograd);
}
