using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>The arguments of layers whose window slides over an image: kernel, stride, dilation, padding.</summary>
internal static class WindowArguments
{
    /// <summary>The largest padded extent. Kernels compute places and taps in <c>int</c>, a place and a dilation added.</summary>
    private const int MaxExtent = 1 << 30;

    private static readonly string[] PaddingArguments = ["padding", "pad", "pads"];

    /// <summary>The argument that says how far the image is padded, null where none does.</summary>
    public static string? PaddingArgument(LayerContext context) => PaddingArguments.FirstOrDefault(context.Element.Has);

    /// <summary>Reads one number an axis, where two arguments may say it: given once for all axes, or one by one in an argument of the plural name.</summary>
    public static IReadOnlyList<int> PerAxis(LayerContext context, string one, string each, int axes, int otherwise)
    {
        ElementSpec element = context.Element;
        if (element.Has(one) && element.Has(each))
        {
            throw context.Fail(IssueDescriptors.ConflictingArguments, each, context.Name, $"{Pascal(one)} is for all axes and {Pascal(each)} for each; leave one of them out");
        }
        IReadOnlyList<int> numbers = element.Has(each) ? element.Ints(each) : element.Has(one) ? [element.Int(one)] : [otherwise];
        string argument = element.Has(each) ? each : one;
        bool single = !element.Has(each);
        context.Expect(
            single || numbers.Count == axes, argument, $"of {axes} {(axes == 1 ? "number" : "numbers, one an axis")}", numbers.Count == 0 ? "none" : string.Join(", ", numbers));
        foreach (int number in numbers)
        {
            context.Expect(number >= 1, argument, "of at least 1", number);
        }
        return single ? [.. Enumerable.Repeat(numbers[0], axes)] : numbers;
    }

    /// <summary>Reads one number for all axes, or one an axis: a kernel, a size.</summary>
    public static IReadOnlyList<int> PerAxis(LayerContext context, string argument, int axes)
    {
        IReadOnlyList<int> numbers = context.Element.Ints(argument);
        context.Expect(
            numbers.Count == 1 || numbers.Count == axes, argument,
            axes == 1 ? "of one number" : $"of one number, or {axes}, one an axis", numbers.Count == 0 ? "none" : string.Join(", ", numbers));
        foreach (int number in numbers)
        {
            context.Expect(number >= 1, argument, "of at least 1", number);
        }
        return numbers.Count == axes ? numbers : [.. Enumerable.Repeat(numbers[0], axes)];
    }

    /// <summary>Pixels added before and after each axis.</summary>
    /// <param name="context">The layer.</param>
    /// <param name="axes">Number of axes.</param>
    /// <param name="same">What an axis gets where the size is to stay.</param>
    /// <param name="otherwise">What holds where neither <c>Padding</c> nor <c>Pad</c> is given.</param>
    public static IReadOnlyList<(long Before, long After)> Padding(LayerContext context, int axes, Func<int, PaddingMode, (long Before, long After)> same, PaddingMode otherwise)
    {
        ElementSpec element = context.Element;
        string[] given = [.. PaddingArguments.Where(element.Has)];
        if (given.Length > 1)
        {
            throw context.Fail(
                IssueDescriptors.ConflictingArguments, given[1], context.Name, $"{Pascal(given[0])} and {Pascal(given[1])} both say how far the image is padded; leave one of them out");
        }
        if (element.Has("pad"))
        {
            context.Expect(element.Int("pad") >= 0, "pad", "of at least 0", element.Int("pad"));
            return [.. Enumerable.Repeat(((long)element.Int("pad"), (long)element.Int("pad")), axes)];
        }
        if (element.Has("pads"))
        {
            IReadOnlyList<int> pads = element.Ints("pads");
            context.Expect(
                pads.Count == 2 * axes && pads.All(pad => pad >= 0), "pads",
                $"of {2 * axes} numbers of at least 0, what comes before each axis and then what comes after each", pads.Count == 0 ? "none" : string.Join(", ", pads));
            return [.. Enumerable.Range(0, axes).Select(axis => ((long)pads[axis], (long)pads[axes + axis]))];
        }
        PaddingMode mode = otherwise;
        if (element.Text("padding") is { } text)
        {
            context.Expect(
                Enum.TryParse(text, out mode) && text is nameof(PaddingMode.Same) or nameof(PaddingMode.None) or nameof(PaddingMode.SameUpper), "padding", "a member of Padding", text);
        }
        return [.. Enumerable.Range(0, axes).Select(axis => mode == PaddingMode.None ? (0L, 0L) : same(axis, mode))];
    }

    /// <summary>The window of a convolution or pooling over an image of some extents.</summary>
    public static Window Of(LayerContext context, IReadOnlyList<int> input, IReadOnlyList<int> kernel, IReadOnlyList<int> stride, IReadOnlyList<int> dilation, PaddingMode otherwise)
    {
        IReadOnlyList<(long Before, long After)> padding = Padding(context, input.Count, Same, otherwise);
        return new(new(Enumerable.Range(0, input.Count).Select(Axis)));

        long Span(int axis) => ((long)dilation[axis] * (kernel[axis] - 1)) + 1;

        (long Before, long After) Same(int axis, PaddingMode mode)
        {
            long span = Span(axis);
            if (mode == PaddingMode.Causal)
            {
                context.ExpectFits(span);
                return ((int)span - 1, 0);
            }
            if (mode == PaddingMode.SameUpper)
            {
                long places = (input[axis] + (long)stride[axis] - 1) / stride[axis];
                return Halves(Math.Max(((places - 1) * stride[axis]) + span - input[axis], 0));
            }
            if (span % 2 == 0)
            {
                throw context.Fail(
                    IssueDescriptors.EvenKernel, context.Element.Has("padding") ? "padding" : "kernel", context.Name, $"{kernel[axis]}",
                    dilation[axis] == 1 ? "" : $" with a dilation of {dilation[axis]}");
            }
            return Halves(span - 1);
        }

        WindowAxis Axis(int axis)
        {
            (long before, long after) = padding[axis];
            ExpectExtent(context, input[axis] + before + after);
            long room = input[axis] + before + after - Span(axis);
            if (room < 0)
            {
                throw context.Fail(
                    IssueDescriptors.KernelTooLarge, "kernel", context.Name, string.Join("x", kernel),
                    dilation.All(number => number == 1) ? "" : $" with a dilation of {string.Join("x", dilation)}",
                    context.InputName, string.Join("x", input), (before | after) == 0 ? "" : $" with {before + after} pixels of padding");
            }
            return new(input[axis], (int)(room / stride[axis]) + 1, kernel[axis], stride[axis], dilation[axis], (int)before);
        }

        static (long Before, long After) Halves(long padding) => (padding / 2, padding - (padding / 2));
    }

    /// <summary>Fails unless the place of each tap, in a padded image of this extent, can be computed.</summary>
    public static void ExpectExtent(LayerContext context, long padded)
    {
        string argument = new[] { "pad", "pads", "dilation", "dilations", "stride", "strides" }.FirstOrDefault(context.Element.Has) ?? "kernel";
        context.Expect(padded <= MaxExtent, argument, "that keeps the padded image within 2^30 pixels an axis", $"{padded}");
    }

    /// <summary>Fails unless the layer reads an image of so many axes beside the channels.</summary>
    public static void ExpectImage(LayerContext context, int axes)
    {
        if (axes == 1)
        {
            Sequence.Expect(context);
        }
        else if (context.Input.Shape.Rank != axes + 1)
        {
            (string wanted, string advice) = axes switch
            {
                2 => ("(channels, height, width)", "[Reshape(channels, height, width)]"),
                _ => ("(channels, depth, height, width)", "[Reshape(channels, depth, height, width)]"),
            };
            throw context.Fail(IssueDescriptors.WantsImage, null, context.Name, wanted, context.InputName, context.Input.Shape.Describe(), advice);
        }
    }

    /// <summary>An argument as users write it.</summary>
    public static string Pascal(string argument) => char.ToUpperInvariant(argument[0]) + argument.Substring(1);
}

/// <summary>How an image is padded: the runtime's <c>Padding</c>, member for member, and one that only layers name.</summary>
internal enum PaddingMode
{
    Same,
    None,
    SameUpper,

    /// <summary>Before the first pixel only, so that a place reads nothing after it.</summary>
    Causal,
}
