using System;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>The parameters of convolutions and of their transposes.</summary>
internal static class ConvolutionWeight
{
    /// <summary>The weight: <c>[outputs, inputs / groups, taps]</c> in PyTorch, taps first in memory.</summary>
    public static Node Of(LayerContext context, ConvolutionShape shape, long fanIn, long fanOut) => Of(context, shape, shape.Weight, fanIn, fanOut);

    /// <summary>The weight as the matrix that a patch of the image is multiplied by.</summary>
    public static Node OfMatrix(LayerContext context, ConvolutionShape shape, long fanIn, long fanOut) =>
        Of(context, shape, Shape.Of(shape.Window.Taps * shape.Inputs, shape.Outputs), fanIn, fanOut);

    private static Node Of(LayerContext context, ConvolutionShape shape, Shape memory, long fanIn, long fanOut)
    {
        (int groups, int inputs, int outputs) = (shape.Groups, shape.Inputs / shape.Groups, shape.Outputs / shape.Groups);
        int[] taps = [.. shape.Window.Axes.Select(axis => axis.Kernel)];
        context.ExpectFits(Shape.Of([shape.Outputs, inputs, .. taps]).Count);
        int[] tapAxes = [.. Enumerable.Range(0, taps.Length)];
        TensorLayout layout = shape.IsDepthwise || groups == 1
            ? new(new([shape.Outputs, inputs, .. taps]), new([.. tapAxes.Select(axis => axis + 2), 1, 0]))
            : new(new([groups, outputs, inputs, .. taps]), new([0, .. tapAxes.Select(axis => axis + 3), 2, 1]));
        return context.Parameter(
            "weight", Shape.Of([shape.Outputs, inputs, .. taps]), WeightInitialization.Of(context, (int)Math.Min(fanIn, int.MaxValue), (int)Math.Min(fanOut, int.MaxValue)), memory, layout);
    }

    /// <summary>The result with a bias for each channel, unless the layer says that it has none.</summary>
    public static Node WithBias(LayerContext context, Node result)
    {
        if (!context.Element.Flag("bias", true))
        {
            return result;
        }
        Node bias = context.Parameter("bias", Shape.Of(result.Shape.Last), Initialization.Zeros);
        return context.Add(new Arithmetic(ArithmeticKind.Add, Axis: result.Shape.Rank - 1), result, bias);
    }

    public static void ExpectDivisible(LayerContext context, int inputs, int outputs, int groups)
    {
        if (inputs % groups != 0 || outputs % groups != 0)
        {
            throw context.Fail(
                IssueDescriptors.IndivisibleChannels, "groups", context.Name, $"{groups}", inputs % groups != 0 ? $"the {inputs} channels of {context.InputName}" : $"{outputs} filters",
                string.Join(", ", Enumerable.Range(1, Math.Min(inputs, outputs)).Where(number => inputs % number == 0 && outputs % number == 0).Take(8)));
        }
    }
}
