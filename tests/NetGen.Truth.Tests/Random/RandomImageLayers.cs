using System.Globalization;

namespace NetGen.Truth;

/// <summary>Draws layers over images, volumes and sequences, as their attributes, with the shapes that they give.</summary>
internal sealed class RandomImageLayers(Random random)
{
    private const int LargestResult = 400;
    private const int Attempts = 8;

    private static readonly int[] Channels = [1, 2, 3, 4, 6, 8, 16, 17];

    /// <summary>An image, a volume or a sequence.</summary>
    public int[] Shape() => random.Next(6) switch
    {
        0 => [4 + random.Next(12), Pick([1, 2, 3, 5, 17])],
        1 => [1 + random.Next(3), 2 + random.Next(3), 2 + random.Next(3), 2 + random.Next(3)],
        _ => [Pick([1, 2, 3, 4, 6, 17]), 2 + random.Next(6), 2 + random.Next(6)],
    };

    /// <summary>A layer that reads a shape; null where none was found whose result is of moderate size.</summary>
    public (string Layer, int[] Result)? Draw(int[] shape)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (One(shape) is { } drawn && drawn.Result.Aggregate(1, (product, extent) => product * extent) <= LargestResult)
            {
                return drawn;
            }
        }
        return null;
    }

    private (string Layer, int[] Result)? One(int[] shape)
    {
        (int channels, int[] pixels) = shape.Length == 2 ? (shape[1], shape[..1]) : (shape[0], shape[1..]);
        int axes = pixels.Length;
        return random.Next(13) switch
        {
            0 or 1 or 2 or 3 => Convolution(channels, pixels),
            4 => axes == 2 ? Depthwise(channels, pixels) : Convolution(channels, pixels),
            5 or 6 => axes < 3 ? Transposed(channels, pixels) : Convolution(channels, pixels),
            7 or 8 => axes < 3 ? Pool(channels, pixels) : Convolution(channels, pixels),
            9 when Chance(0.3) => (Pick(["GlobalMaxPool", "GlobalAvgPool"]), [channels]),
            9 when axes == 2 => Adaptive(channels),
            10 when axes == 2 => Upsample(channels, pixels),
            11 => Pad(shape, axes),
            12 => Chance(0.5) ? Permute(shape) : Slice(shape),
            _ => null,
        };
    }

    private (string, int[])? Convolution(int channels, int[] pixels)
    {
        int filters = Pick(Channels);
        int[] divisors = [.. Enumerable.Range(2, Math.Min(channels, filters)).Where(groups => channels % groups == 0 && filters % groups == 0)];
        string groups = divisors.Length > 0 && Chance(0.4) ? $"Groups = {Pick(divisors)}" : "";
        if (Chance(0.1))
        {
            return (Attribute($"Conv{pixels.Length}D", $"{filters}", Text(pixels), "Padding = Padding.None", groups), Shaped(filters, [.. pixels.Select(_ => 1)]));
        }
        return Window(pixels, isPool: false) is { } window
            ? (Attribute($"Conv{pixels.Length}D", $"{filters}", window.Arguments, groups, Bias()), Shaped(filters, window.Result))
            : null;
    }

    private (string, int[])? Depthwise(int channels, int[] pixels)
    {
        int multiplier = Chance(0.7) ? 1 : 1 + random.Next(3);
        return Window(pixels, isPool: false) is { } window
            ? (Attribute("DepthwiseConv2D", window.Arguments, multiplier == 1 ? "" : $"Multiplier = {multiplier}", Bias()), Shaped(channels * multiplier, window.Result))
            : null;
    }

    private (string, int[])? Transposed(int channels, int[] pixels)
    {
        int filters = Pick(Channels), stride = 1 + random.Next(3), dilation = Chance(0.7) ? 1 : 2, extra = Chance(0.6) ? 0 : random.Next(Math.Max(stride, dilation));
        int[] kernel = Extents(pixels.Length, 1, 4);
        int[] divisors = [.. Enumerable.Range(2, Math.Min(channels, filters)).Where(groups => channels % groups == 0 && filters % groups == 0)];
        int kind = random.Next(3), pad = kind == 2 ? random.Next(3) : 0;
        int[] result = [.. pixels.Select((extent, axis) => kind == 0 ? extent * stride : ((extent - 1) * stride) + (dilation * (kernel[axis] - 1)) + 1 + extra - (2 * pad))];
        string layer = Attribute(
            $"ConvTranspose{pixels.Length}D", $"{filters}", Text(kernel), stride == 1 ? "" : $"Stride = {stride}", dilation == 1 ? "" : $"Dilation = {dilation}",
            extra == 0 ? "" : $"OutputPadding = {extra}",
            kind switch { 0 => "", 1 => "Padding = Padding.None", _ => $"Pad = {pad}" }, divisors.Length > 0 && Chance(0.4) ? $"Groups = {Pick(divisors)}" : "", Bias());
        return result.All(extent => extent >= 1) ? (layer, Shaped(filters, result)) : null;
    }

    private (string, int[])? Pool(int channels, int[] pixels)
    {
        bool isMax = Chance(0.5);
        return Window(pixels, isPool: true, dilates: isMax) is { } window
            ? (Attribute($"{(isMax ? "Max" : "Avg")}Pool{pixels.Length}D", window.Arguments, isMax || Chance(0.5) ? "" : "CountIncludePad = false"), Shaped(channels, window.Result))
            : null;
    }

    private (string, int[])? Adaptive(int channels)
    {
        int[] size = Extents(2, 1, 5);
        return ($"AdaptiveAvgPool2D({Text(size)})", Shaped(channels, size));
    }

    private (string, int[])? Upsample(int channels, int[] pixels)
    {
        int[] factor = Extents(2, 1, 3);
        string mode = Chance(0.5) ? ", Mode = UpsampleMode.Bilinear" : "";
        return ($"Upsample2D({Text(factor)}{mode})", Shaped(channels, [pixels[0] * factor[0], pixels[1] * factor[1]]));
    }

    private (string, int[])? Pad(int[] shape, int axes)
    {
        bool all = Chance(0.3);
        int[] padded = all ? [.. Enumerable.Range(0, shape.Length)] : shape.Length == 2 ? [0] : [.. Enumerable.Range(1, axes)];
        int[] sizes = [.. Enumerable.Range(0, 2 * padded.Length).Select(_ => random.Next(3))];
        int[] result = [.. shape];
        for (int index = 0; index < padded.Length; index++)
        {
            result[padded[index]] += sizes[index] + sizes[padded.Length + index];
        }
        return (Attribute("Pad", string.Join(", ", sizes), Chance(0.5) ? "" : "Value = -0.75f"), result);
    }

    private (string, int[])? Permute(int[] shape)
    {
        int[] order = [.. Enumerable.Range(0, shape.Length)];
        random.Shuffle(order);
        return ($"Permute({string.Join(", ", order)})", [.. order.Select(axis => shape[axis])]);
    }

    private (string, int[])? Slice(int[] shape)
    {
        int axis = random.Next(shape.Length), start = random.Next(shape[axis]), length = 1 + random.Next(shape[axis] - start);
        return ($"Slice({axis}, {start}, {length})", [.. shape.Select((extent, other) => other == axis ? length : extent)]);
    }

    /// <summary>The arguments of a sliding window and the extents of what it gives; null where it does not fit.</summary>
    private (string Arguments, int[] Result)? Window(int[] pixels, bool isPool, bool dilates = true)
    {
        int axes = pixels.Length;
        int[] kernel = Extents(axes, 1, 4);
        int[]? stride = Chance(0.5) ? null : Extents(axes, 1, 3);
        int[] dilation = dilates && Chance(0.25) ? Extents(axes, 1, 3) : [.. pixels.Select(_ => 1)];
        int[] step = stride ?? (isPool ? kernel : [.. pixels.Select(_ => 1)]);
        int[] span = [.. kernel.Select((extent, axis) => (dilation[axis] * (extent - 1)) + 1)];
        (string padding, int[] before, int[] after) = Padding(pixels, span, step, isPool);
        int[] room = [.. pixels.Select((extent, axis) => extent + before[axis] + after[axis] - span[axis])];
        if (room.Any(rest => rest < 0))
        {
            return null;
        }
        int[] result = [.. room.Select((rest, axis) => (rest / step[axis]) + 1)];
        bool seesPixels = Enumerable.Range(0, axes).All(axis => new[] { 0, result[axis] - 1 }.All(place => Enumerable.Range(0, kernel[axis])
            .Any(tap => (place * step[axis]) - before[axis] + (tap * dilation[axis]) is >= 0 and var pixel && pixel < pixels[axis])));
        string[] arguments = [Text(kernel), stride is null ? "" : PerAxis("Stride", stride), dilation.All(distance => distance == 1) ? "" : PerAxis("Dilation", dilation), padding];
        return isPool && !seesPixels ? null : (string.Join(", ", arguments.Where(text => text.Length > 0)), result);
    }

    private (string Argument, int[] Before, int[] After) Padding(int[] pixels, int[] span, int[] step, bool isPool)
    {
        int axes = pixels.Length;
        int[] none = [.. pixels.Select(_ => 0)];
        switch (random.Next(5))
        {
            case 0 or 1 when span.All(extent => extent % 2 == 1):
                int[] same = [.. span.Select(extent => extent / 2)];
                return (isPool ? "Padding = Padding.Same" : "", same, same);
            case 2:
                int[] total = [.. pixels.Select((extent, axis) => Math.Max(((((extent + step[axis] - 1) / step[axis]) - 1) * step[axis]) + span[axis] - extent, 0))];
                return ("Padding = Padding.SameUpper", [.. total.Select(sum => sum / 2)], [.. total.Select(sum => sum - (sum / 2))]);
            case 3:
                int[] pad = [.. Enumerable.Repeat(random.Next(3), axes)];
                return ($"Pad = {pad[0]}", pad, pad);
            case 4:
                int[] pads = [.. Enumerable.Range(0, 2 * axes).Select(_ => random.Next(3))];
                return ($"Pads = new[] {{ {string.Join(", ", pads)} }}", pads[..axes], pads[axes..]);
            default:
                return (isPool ? "" : "Padding = Padding.None", none, none);
        }
    }

    private static int[] Shaped(int channels, int[] pixels) => pixels.Length == 1 ? [pixels[0], channels] : [channels, .. pixels];

    private int[] Extents(int axes, int least, int most) => Chance(0.6)
        ? [.. Enumerable.Repeat(least + random.Next(most - least + 1), axes)]
        : [.. Enumerable.Range(0, axes).Select(_ => least + random.Next(most - least + 1))];

    private static string PerAxis(string name, int[] numbers) =>
        numbers.All(number => number == numbers[0]) ? $"{name} = {numbers[0]}" : $"{name}s = new[] {{ {string.Join(", ", numbers)} }}";

    private string Bias() => Chance(0.2) ? "Bias = false" : "";

    /// <summary>One number where all are equal.</summary>
    private static string Text(int[] numbers) => numbers.All(number => number == numbers[0]) ? numbers[0].ToString(CultureInfo.InvariantCulture) : string.Join(", ", numbers);

    private static string Attribute(string name, params string[] arguments) => $"{name}({string.Join(", ", arguments.Where(argument => argument.Length > 0))})";

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private bool Chance(double probability) => random.NextDouble() < probability;
}
