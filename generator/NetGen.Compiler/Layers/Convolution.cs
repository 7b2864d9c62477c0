using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>A convolution over one to three axes: <c>y = x * W + b</c>. Depthwise, each channel has filters of its own; causal, a step reads itself and those before it.</summary>
internal sealed class Convolution(string kind, int axes, bool depthwise = false, bool causal = false) : LayerKind
{
    public override string Kind => kind;

    public override IReadOnlyList<string> Positional { get; } = depthwise ? ["kernel"] : ["filters", "kernel"];

    public override IReadOnlyList<string> TrainingOnly => WeightInitialization.Arguments;

    public override IReadOnlyList<ArgumentSpec> Defaults { get; } =
    [
        new("bias", new([true])), new("stride", new([1])), new("dilation", new([1])), new("groups", new([1])), new("multiplier", new([1])), new("padding", new(["Same"])),
    ];

    public override Node Lower(LayerContext context)
    {
        WindowArguments.ExpectImage(context, axes);
        Node image = context.ChannelsLast(context.Input);
        int inputs = image.Shape.Last;
        (int filters, int groups) = depthwise ? DepthwiseFilters(context, inputs) : Filters(context, inputs);
        Window window = WindowArguments.Of(
            context, [.. image.Shape.Extents.Take(axes)], WindowArguments.PerAxis(context, "kernel", axes), WindowArguments.PerAxis(context, "stride", "strides", axes, 1),
            WindowArguments.PerAxis(context, "dilation", "dilations", axes, 1), causal ? PaddingMode.Causal : PaddingMode.Same);
        context.ExpectFits(window.Output(filters).Count);
        var shape = new ConvolutionShape(window, inputs, filters, groups);
        ConvolutionForm form = ConvolutionForm.Of(shape);
        context.Note(form.Reason);
        (long fanIn, long fanOut) = (window.Taps * (long)(inputs / groups), window.Taps * (long)(filters / groups));
        Node result;
        if (form.Kind is ConvolutionFormKind.Product or ConvolutionFormKind.WholeProduct)
        {
            bool whole = form.Kind == ConvolutionFormKind.WholeProduct;
            Node weight = ConvolutionWeight.OfMatrix(context, shape, fanIn, fanOut);
            Node rows = whole ? context.Add(new Reshape(Shape.Batch((int)image.Shape.Count)), image) : image;
            result = ConvolutionWeight.WithBias(context, context.Add(new MatMul(MatMulForm.Product), rows, weight));
            result = whole ? context.Add(new Reshape(window.Output(filters)), result) : result;
        }
        else
        {
            shape = shape with { IsDepthwise = form.Kind == ConvolutionFormKind.Depthwise, IsWinograd = form.Kind == ConvolutionFormKind.Winograd };
            result = ConvolutionWeight.WithBias(context, context.Add(new Convolve(shape), image, ConvolutionWeight.Of(context, shape, fanIn, fanOut)));
        }
        return context.ChannelsFirst(result);
    }

    private static (int Filters, int Groups) Filters(LayerContext context, int inputs)
    {
        int filters = context.Element.Int("filters");
        context.Expect(filters >= 1, "filters", "of at least 1", filters);
        int groups = context.Element.Has("groups") ? context.Element.Int("groups") : 1;
        context.Expect(groups >= 1, "groups", "of at least 1", groups);
        ConvolutionWeight.ExpectDivisible(context, inputs, filters, groups);
        return (filters, groups);
    }

    private static (int Filters, int Groups) DepthwiseFilters(LayerContext context, int inputs)
    {
        int multiplier = context.Element.Has("multiplier") ? context.Element.Int("multiplier") : 1;
        context.Expect(multiplier >= 1, "multiplier", "of at least 1", multiplier);
        context.ExpectFits((long)inputs * multiplier);
        return (inputs * multiplier, inputs);
    }
}
