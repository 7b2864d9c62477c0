using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>The transpose of a convolution over one or two axes: each pixel adds its multiple of the kernel to the result, so that a stride enlarges the image.</summary>
internal sealed class ConvolutionTranspose(string kind, int axes) : LayerKind
{
    public override string Kind => kind;

    public override IReadOnlyList<string> Positional => ["filters", "kernel"];

    public override IReadOnlyList<string> TrainingOnly => WeightInitialization.Arguments;

    public override IReadOnlyList<ArgumentSpec> Defaults { get; } =
    [
        new("bias", new([true])), new("stride", new([1])), new("dilation", new([1])), new("groups", new([1])), new("outputPadding", new([0])), new("padding", new(["Same"])),
    ];

    public override Node Lower(LayerContext context)
    {
        WindowArguments.ExpectImage(context, axes);
        Node image = context.ChannelsLast(context.Input);
        int inputs = image.Shape.Last;
        int filters = context.Element.Int("filters");
        context.Expect(filters >= 1, "filters", "of at least 1", filters);
        int groups = context.Element.Has("groups") ? context.Element.Int("groups") : 1;
        context.Expect(groups >= 1, "groups", "of at least 1", groups);
        ConvolutionWeight.ExpectDivisible(context, inputs, filters, groups);

        // The convolution whose transpose this is: it reads the result and gives the image.
        Window window = WindowOf(context, [.. image.Shape.Extents.Take(axes)]);
        context.ExpectFits(window.Input(filters).Count);
        var shape = new ConvolutionShape(window, Inputs: filters, Outputs: inputs, groups);
        Node weight = ConvolutionWeight.Of(context, shape, fanIn: window.Taps * (long)(inputs / groups), fanOut: window.Taps * (long)(filters / groups));
        Node result = context.Add(new Convolve(shape, Transposed: true), image, weight);
        return context.ChannelsFirst(ConvolutionWeight.WithBias(context, result));
    }

    private Window WindowOf(LayerContext context, IReadOnlyList<int> image)
    {
        IReadOnlyList<int> kernel = WindowArguments.PerAxis(context, "kernel", axes);
        IReadOnlyList<int> stride = WindowArguments.PerAxis(context, "stride", "strides", axes, 1);
        IReadOnlyList<int> dilation = WindowArguments.PerAxis(context, "dilation", "dilations", axes, 1);
        int extra = context.Element.Has("outputPadding") ? context.Element.Int("outputPadding") : 0;
        int least = Enumerable.Range(0, axes).Min(axis => System.Math.Max(stride[axis], dilation[axis]));
        context.Expect(extra >= 0 && extra < least, "outputPadding", $"of at least 0 and below {least}, the larger of stride and dilation", extra);
        IReadOnlyList<(long Before, long After)> padding = WindowArguments.Padding(context, axes, Same, PaddingMode.Same);
        return new(new(Enumerable.Range(0, axes).Select(Axis)));

        long Span(int axis) => ((long)dilation[axis] * (kernel[axis] - 1)) + 1;

        // What makes the result stride times as large as the image. An odd rest goes before it, as in PyTorch's Pad = kernel / 2, OutputPadding = stride - 1.
        (long Before, long After) Same(int axis, PaddingMode mode)
        {
            long total = Span(axis) - stride[axis] + extra;
            long before = (System.Math.Max(total, 0) + (mode == PaddingMode.Same ? 1 : 0)) / 2;
            return (before, total - before);
        }

        WindowAxis Axis(int axis)
        {
            long result = ((image[axis] - 1L) * stride[axis]) + Span(axis) + extra - padding[axis].Before - padding[axis].After;
            context.Expect(
                result >= 1, context.Element.Has("pads") ? "pads" : "pad", "to leave at least one pixel", string.Join(", ", padding.Select(pad => $"{pad.Before} + {pad.After}")));
            WindowArguments.ExpectExtent(context, result + padding[axis].Before + padding[axis].After);
            return new((int)result, image[axis], kernel[axis], stride[axis], dilation[axis], (int)padding[axis].Before);
        }
    }
}
