using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Passes;

/// <summary>
/// Leaves out what no window sees: where whole windows do not fit, the last rows and columns of the image before are computed for nothing, so the convolution or pool that gives it
/// has fewer places. 11x11 pixels before a 2x2 pool are 10x10 then, a sixth less work, forward and backward, of which 12x12 see all.
/// </summary>
public static class CropToWindows
{
    public static Graph Run(Graph graph)
    {
        ILookup<Node, Node> users = graph.Nodes.SelectMany(node => node.Operands.Select(operand => (operand, node))).ToLookup(pair => pair.operand, pair => pair.node);
        Dictionary<Node, Window> windows = [];
        // From the outputs back, so that a window that lost places asks for less.
        foreach (Node reader in graph.Nodes.Reverse())
        {
            if (WindowOf(reader) is not { } window)
            {
                continue;
            }
            window = windows.TryGetValue(reader, out Window? cropped) ? cropped : window;
            Window smaller = Crop(window);
            Node value = reader.Operands[0];
            while (users[value].Count() == 1 && IsByPixel(value))
            {
                value = value.Operands[0];
            }
            if (smaller != window && users[value].Count() == 1 && WindowOf(value) is { } giver)
            {
                windows[reader] = smaller;
                windows[value] = Give(giver, smaller);
            }
        }
        return windows.Count == 0 ? graph : GraphBuilder.Rewrite(graph, (builder, node, operands) => node.Op switch
        {
            Pool pool when windows.TryGetValue(node, out Window? window) => builder.Add(pool with { Window = window }, operands, node.Name),
            Convolve convolution when windows.TryGetValue(node, out Window? window) =>
                builder.Add(convolution with { Shape = convolution.Shape with { Window = window } }, operands, node.Name),
            _ => null,
        });
    }

    /// <summary>The window of a convolution or pool; null of all else.</summary>
    private static Window? WindowOf(Node node) => node.Op switch
    {
        Pool pool => pool.Window,
        Convolve { Transposed: false } convolution => convolution.Shape.Window,
        _ => null,
    };

    /// <summary>The window over as much of the image as it sees.</summary>
    private static Window Crop(Window window) => new(new(window.Axes.Select(axis =>
        axis with { Input = Math.Min(axis.Input, ((axis.Output - 1) * axis.Stride) - axis.Padding + (axis.Dilation * (axis.Kernel - 1)) + 1) })));

    /// <summary>A window with only the places that another reads.</summary>
    private static Window Give(Window window, Window reader) =>
        new(new(window.Axes.Zip(reader.Axes, (axis, image) => axis with { Output = image.Input, IsCropped = image.Input < axis.Output })));

    /// <summary>Whether each pixel of a value depends on the same pixel of its first operand only.</summary>
    private static bool IsByPixel(Node node) => node.Op is Activate or Affine || (node.Op is Arithmetic { Axis: { } axis } && axis == node.Shape.Rank - 1);
}
