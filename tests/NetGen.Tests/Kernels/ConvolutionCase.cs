using NetGen.CompilerServices;

namespace NetGen.Tests.Kernels;

/// <summary>A convolution with random operands, and its results as plain sums in double over all pairs of a pixel and a place of the window. Widths and tests share both.</summary>
internal sealed class ConvolutionCase
{
    private readonly int[] _input, _output, _kernel, _stride, _dilation, _padding;
    private readonly int _inputs, _outputs, _groups;

    public ConvolutionCase(
        int images, int inputs, int outputs, int groups, int[] input, int[] output, int[] kernel, int[] stride, int[] dilation, int[] padding, int seed = 1, bool winograd = false)
    {
        (Images, _inputs, _outputs, _groups) = (images, inputs, outputs, groups);
        (_input, _output, _kernel, _stride, _dilation, _padding) = (Three(input), Three(output), Three(kernel), Three(stride), Three(dilation), Three(padding, 0));
        Shape = new(new(input, output, kernel, stride, dilation, padding), inputs, outputs, groups, winograd);
        X = GuardedFloats.Random(images * Product(_input) * inputs, seed);
        Weight = GuardedFloats.Random(Product(_kernel) * inputs / groups * outputs, seed + 1);
        Dy = GuardedFloats.Random(images * Product(_output) * outputs, seed + 2);
    }

    public int Images { get; }

    public ConvolutionShape Shape { get; }

    public GuardedFloats X { get; }

    public GuardedFloats Weight { get; }

    public GuardedFloats Dy { get; }

    public int XLength => X.Length / Images;

    public int YLength => Dy.Length / Images;

    /// <summary>The same extents, stride and so on, on every axis.</summary>
    public static ConvolutionCase Square(
        int images, int inputs, int outputs, int size, int kernel, int stride = 1,
        int dilation = 1, int padding = -1, int groups = 1, int rank = 2, bool winograd = false)
    {
        if (padding < 0) padding = kernel / 2;
        int output = (size + (2 * padding) - (dilation * (kernel - 1)) - 1) / stride + 1;
        return new(images, inputs, outputs, groups, All(size), All(output), All(kernel), All(stride), All(dilation), All(padding), winograd: winograd);

        int[] All(int value) => [.. Enumerable.Repeat(value, rank)];
    }

    /// <summary>Small extents and everything that a window can have: strides, dilations, groups, unequal padding at the two ends, places that overhang or lie wholly outside.</summary>
    public static ConvolutionCase Random(int seed)
    {
        var random = new Random(seed);
        int rank = random.Next(1, 4);
        int groups = random.Next(4) == 0 ? random.Next(2, 4) : 1;
        int most = random.Next(3) switch { 0 => 4, 1 => 20, _ => 50 } / groups;
        int inputs = groups * random.Next(1, most + 1), outputs = groups * random.Next(1, most + 1);
        int[] input = new int[rank], output = new int[rank], kernel = new int[rank], stride = new int[rank], dilation = new int[rank], padding = new int[rank];
        for (int i = 0; i < rank; i++)
        {
            input[i] = random.Next(1, rank == 1 ? 40 : rank == 2 ? 12 : 6);
            kernel[i] = random.Next(1, 5);
            stride[i] = random.Next(2) == 0 ? 1 : random.Next(1, 4);
            dilation[i] = random.Next(2) == 0 ? 1 : random.Next(1, 4);
            padding[i] = random.Next(3) == 0 ? 0 : random.Next(0, (kernel[i] * dilation[i]) + 1);
            int padded = input[i] + padding[i] + random.Next(0, padding[i] + 2);
            output[i] = Math.Max(1, (padded - (dilation[i] * (kernel[i] - 1)) - 1) / stride[i] + 1);
        }
        return new(random.Next(1, 4), inputs, outputs, groups, input, output, kernel, stride, dilation, padding, seed);
    }

    /// <summary>3x3 neighbouring taps at stride 1, by tiles of 2x2 places: any extents and channels, unequal padding at the two ends.</summary>
    public static ConvolutionCase RandomWinograd(int seed)
    {
        var random = new Random(seed);
        int most = random.Next(2) == 0 ? 8 : 40;
        int[] input = [random.Next(3, 13), random.Next(3, 13)], padding = [random.Next(3), random.Next(3)];
        int[] output = [.. input.Zip(padding, (pixels, before) => Math.Max(1, pixels - 2 + before + random.Next(3)))];
        return new(random.Next(1, 4), random.Next(1, most), random.Next(1, most), 1, input, output, [3, 3], [1, 1], [1, 1], padding, seed, winograd: true);
    }

    /// <summary><c>x conv w</c>.</summary>
    public double[] Convolved => field ??= Sums(Dy.Length, (y, x, w, o) => y[o] += (double)X[x] * Weight[w]);

    /// <summary><c>dy conv-transposed w</c>.</summary>
    public double[] ConvolvedBackwards => field ??= Sums(X.Length, (dx, x, w, o) => dx[x] += (double)Dy[o] * Weight[w]);

    /// <summary>The gradient of the weight.</summary>
    public double[] WeightGradient => field ??= Sums(Weight.Length, (dw, x, w, o) => dw[w] += (double)X[x] * Dy[o]);

    public override string ToString() =>
        $"{Images} x {_inputs} -> {_outputs} channels / {_groups}, {Text(_input)} -> {Text(_output)}, " +
        $"kernel {Text(_kernel)}, stride {Text(_stride)}, dilation {Text(_dilation)}, padding {Text(_padding)}";

    /// <summary>Zeros to which every product of the convolution is added, given the places of its pixel, weight and result.</summary>
    private double[] Sums(int length, Action<double[], int, int, int> add)
    {
        var sums = new double[length];
        int perGroupIn = _inputs / _groups, perGroupOut = _outputs / _groups, taps = Product(_kernel);
        for (int place = 0; place < Product(_output); place++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                int[] at = Split(place, _output), k = Split(tap, _kernel), pixel = new int[3];
                bool inside = true;
                for (int i = 0; i < 3; i++)
                {
                    pixel[i] = (at[i] * _stride[i]) - _padding[i] + (k[i] * _dilation[i]);
                    inside &= pixel[i] >= 0 && pixel[i] < _input[i];
                }
                if (!inside) continue;
                int p = (((pixel[0] * _input[1]) + pixel[1]) * _input[2]) + pixel[2];
                for (int o = 0; o < _outputs; o++)
                {
                    int group = o / perGroupOut;
                    for (int c = 0; c < perGroupIn; c++)
                    {
                        int w = ((((group * taps) + tap) * perGroupIn) + c) * perGroupOut + (o % perGroupOut);
                        for (int n = 0; n < Images; n++)
                        {
                            add(sums, (n * XLength) + (p * _inputs) + (group * perGroupIn) + c, w, (n * YLength) + (place * _outputs) + o);
                        }
                    }
                }
            }
        }
        return sums;
    }

    private static int[] Split(int index, int[] extents) => [index / extents[2] / extents[1], index / extents[2] % extents[1], index % extents[2]];

    private static int[] Three(int[] values, int outer = 1) => [.. Enumerable.Repeat(outer, 3 - values.Length), .. values];

    private static int Product(int[] values) => values.Aggregate(1, (a, b) => a * b);

    private static string Text(int[] values) => string.Join('x', values);
}
