using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Tests;

public sealed class CropToWindowsTests
{
    [Theory]
    [InlineData("[Input(1, 28, 28), Conv2D(4, 3, Padding = Padding.None), ReLU, MaxPool2D(2), Conv2D(8, 3, Padding = Padding.None), ReLU, MaxPool2D(2)]", "24x24 12x12 10x10 5x5")]
    [InlineData("[Input(1, 11, 11), Conv2D(4, 3), BatchNorm(Name = \"a\"), MaxPool2D(2)]", "11x11 5x5")]
    [InlineData("[Input(1, 11, 11), Conv2D(4, 3, Name = \"a\"), MaxPool2D(2), Conv2D(4, 5, Padding = Padding.None), Multiply(\"a\")]", "11x11 5x5")]
    [InlineData("[Input(1, 8, 8), Conv2D(4, 3), MaxPool2D(2), Conv2D(4, 3)]", "8x8 4x4 4x4")]
    [InlineData("[Input(1, 9, 9), Conv2D(4, 3), MaxPool2D(3, Stride = 1), AvgPool2D(2), Conv2D(4, 2, Padding = Padding.None, Stride = 2)]", "6x6 4x4 2x2 1x1")]
    public void What_the_next_window_does_not_see_is_not_computed(string attributes, string extents) =>
        Assert.Equal(extents, string.Join(" ", Graphs.Lower(attributes).Nodes.Where(node => node.Op is Convolve or Pool).Select(Extents)));

    [Theory]
    [InlineData("[Input(1, 11, 11), Conv2D(4, 3), MaxPool2D(2)]", "True False")]
    [InlineData("[Input(1, 11, 10), Conv2D(4, 3), MaxPool2D(2)]", "True False")]
    [InlineData("[Input(1, 10, 10), Conv2D(4, 3), MaxPool2D(2)]", "False False")]
    [InlineData("[Input(1, 28, 28), Conv2D(4, 3, Padding = Padding.None), ReLU, MaxPool2D(2), Conv2D(8, 3, Padding = Padding.None), MaxPool2D(2)]", "True True True False")]
    public void A_window_knows_whether_places_were_left_out(string attributes, string expected) =>
        Assert.Equal(expected, string.Join(" ", Graphs.Lower(attributes).Nodes.Select(WindowOf).OfType<Window>().Select(window => window.Axes.Any(axis => axis.IsCropped))));

    private static Window? WindowOf(Node node) => node.Op switch
    {
        Convolve convolution => convolution.Shape.Window,
        Pool pool => pool.Window,
        _ => null,
    };

    private static string Extents(Node node) => $"{node.Shape.Extents[0]}x{node.Shape.Extents[1]}";
}
