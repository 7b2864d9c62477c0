using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>The largest or the mean of the pixels of a window that slides over one or two axes.</summary>
internal sealed class Pool(string kind, PoolKind pool, int axes) : LayerKind
{
    public override string Kind => kind;

    public override IReadOnlyList<string> Positional => ["kernel"];

    public override IReadOnlyList<ArgumentSpec> Defaults { get; } = [new("padding", new(["None"])), new("dilation", new([1])), new("countIncludePad", new([true]))];

    public override Node Lower(LayerContext context)
    {
        WindowArguments.ExpectImage(context, axes);
        Node image = context.ChannelsLast(context.Input);
        IReadOnlyList<int> kernel = WindowArguments.PerAxis(context, "kernel", axes);
        bool hasStride = context.Element.Has("stride") || context.Element.Has("strides");
        Window window = WindowArguments.Of(
            context, [.. image.Shape.Extents.Take(axes)], kernel, hasStride ? WindowArguments.PerAxis(context, "stride", "strides", axes, 1) : kernel,
            WindowArguments.PerAxis(context, "dilation", "dilations", axes, 1), PaddingMode.None);
        ExpectPixels(context, window);
        RemarkDropped(context, window);
        return context.ChannelsFirst(context.Add(new Ops.Pool(pool, window, context.Element.Flag("countIncludePad", true)), image));
    }

    /// <summary>Whole rows and columns that no window sees are lost to the layers after it, which is rarely meant.</summary>
    private static void RemarkDropped(LayerContext context, Window window)
    {
        int[] left = [.. window.Axes.Select(Dropped)];
        if (left.All(pixels => pixels == 0))
        {
            return;
        }
        bool isSequence = window.Axes.Count == 1;
        string[] names = isSequence ? ["time step"] : ["row", "column"];
        IEnumerable<string> parts = left.Zip(names, (pixels, name) => pixels == 0 ? "" : pixels == 1 ? $"the last {name}" : $"the last {pixels} {name}s").Where(part => part.Length > 0);
        string image = string.Join("x", window.Axes.Select(axis => axis.Input)), size = string.Join("x", window.Axes.Select(axis => axis.Kernel));
        context.Remark(
            IssueDescriptors.PoolDropsPixels, "kernel", context.Name, string.Join(" and ", parts), isSequence ? $"sequence of {image} time steps" : $"{image} image", context.InputName,
            isSequence ? $"windows of {size}" : $"{size} windows", isSequence ? "sequence" : "image",
            WindowArguments.PaddingArgument(context) is "pad" or "pads" ? $" in the place of {WindowArguments.Pascal(WindowArguments.PaddingArgument(context)!)}" : "");
    }

    /// <summary>Pixels at the end that a further window would read, but does not fit on. What the stride steps over between two windows is left out on purpose, there as well.</summary>
    private static int Dropped(WindowAxis axis)
    {
        long next = ((long)axis.Output * axis.Stride) - axis.Padding;
        long end = next - axis.Stride + ((long)axis.Dilation * (axis.Kernel - 1)) + 1;
        return (int)Math.Max(0, axis.Input - Math.Max(next, end));
    }

    /// <summary>A window that sees no pixel of the image has no largest and no mean.</summary>
    private static void ExpectPixels(LayerContext context, Window window)
    {
        string argument = WindowArguments.PaddingArgument(context) ?? "kernel";
        context.Expect(window.Axes.Aggregate(1L, (product, axis) => product * axis.Kernel) <= int.MaxValue, "kernel", "of fewer than 2^31 pixels", $"{window}");
        foreach (WindowAxis axis in window.Axes)
        {
            // The windows between the first and the last can miss the image only by stepping over it.
            IEnumerable<int> places = axis.Dilation <= axis.Input ? [0, axis.Output - 1] : Enumerable.Range(0, axis.Output);
            context.Expect(places.All(place => SeesPixel(axis, place)), argument, "to leave at least one pixel of the image in each window", $"{window}");
        }
    }

    /// <summary>Whether the first tap that does not lie before the image lies in it.</summary>
    private static bool SeesPixel(WindowAxis axis, int place)
    {
        long start = (place * (long)axis.Stride) - axis.Padding;
        long tap = start >= 0 ? 0 : (-start + axis.Dilation - 1) / axis.Dilation;
        return tap < axis.Kernel && start + (tap * axis.Dilation) < axis.Input;
    }
}

/// <summary>The largest or the mean of all pixels, channel by channel: an image becomes as many features as it has channels.</summary>
internal sealed class GlobalPool(string kind, PoolKind pool) : LayerKind
{
    public override string Kind => kind;

    public override Node Lower(LayerContext context)
    {
        if (context.Input.Shape.Rank == 1)
        {
            throw context.Fail(
                IssueDescriptors.WantsImage, null, context.Name, "(time, features), (channels, height, width) or (channels, depth, height, width)", context.InputName,
                context.Input.Shape.Describe(), "[Reshape(...)]");
        }
        Node image = context.ChannelsLast(context.Input);
        IEnumerable<int> extents = image.Shape.Extents.Take(image.Shape.Rank - 1);
        var window = new Window(new(extents.Select(extent => new WindowAxis(extent, Output: 1, Kernel: extent, Stride: 1, Dilation: 1, Padding: 0))));
        Node pooled = context.Add(new Ops.Pool(pool, window, CountPadding: false), image);
        return context.Add(new Reshape(Shape.Batch(image.Shape.Last)), pooled);
    }
}
