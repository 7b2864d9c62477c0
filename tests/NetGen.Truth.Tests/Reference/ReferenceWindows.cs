using NetGen.Compiler.Ops;

namespace NetGen.Truth;

/// <summary>Convolutions and pools of images whose channels are last, by their definition: one sum over every tap of every place.</summary>
internal static class ReferenceWindows
{
    public static double[] Convolve(Convolve op, double[][] x, int batch)
    {
        ConvolutionShape shape = op.Shape;
        (int inputs, int outputs) = (shape.Inputs, shape.Outputs);
        int resultChannels = op.Transposed ? inputs : outputs;
        var sums = new double[batch * (op.Transposed ? Pixels(shape.Window) * inputs : Places(shape.Window) * outputs)];
        ForEachProduct(shape, batch, (pixel, place, weight) =>
        {
            if (op.Transposed)
            {
                sums[pixel] += x[0][place] * x[1][weight];
            }
            else
            {
                sums[place] += x[0][pixel] * x[1][weight];
            }
        });
        double[] result = Finish(op.Epilogue, sums, x, resultChannels);
        return op.Pool is { } window ? Pool(new(PoolKind.Max, window, false), result, resultChannels, batch) : result;
    }

    public static double[] InputGradient(ConvolveInputGradient op, double[][] x, int batch)
    {
        var sums = new double[batch * Pixels(op.Shape.Window) * op.Shape.Inputs];
        ForEachProduct(op.Shape, batch, (pixel, place, weight) => sums[pixel] += x[0][place] * x[1][weight]);
        return op.Activation is { } activation ? [.. sums.Zip(x[2], (sum, saved) => sum * ReferenceActivations.Derivative(activation, saved))] : sums;
    }

    public static double[] WeightGradient(ConvolveWeightGradient op, double[][] x, int batch)
    {
        int count = (int)op.Shape.Weight.Count, sample = x[1].Length / batch;
        var sums = new double[op.PerSample ? batch * count : count];
        ForEachProduct(op.Shape, batch, (pixel, place, weight) => sums[op.PerSample ? (place / sample * count) + weight : weight] += x[0][pixel] * x[1][place]);
        return sums;
    }

    /// <summary>What a product or convolution does to its sums.</summary>
    public static double[] Finish(Epilogue epilogue, double[] sums, double[][] x, int channels)
    {
        double[]? map = epilogue.Channels == ChannelMap.None ? null : x[2];
        return [.. sums.Select((sum, index) =>
        {
            int channel = index % channels;
            double value = epilogue.Channels switch
            {
                ChannelMap.Shift => sum + map![channel],
                ChannelMap.ScaleAndShift => (sum * map![channel]) + map[channels + channel],
                _ => sum,
            };
            value += epilogue.HasResidual ? x[^1][index] : 0;
            return epilogue.Activation is { } activation ? ReferenceActivations.Value(activation, value) : value;
        })];
    }

    public static double[] Pool(Pool op, double[] x, int channels, int batch)
    {
        var result = new double[batch * Places(op.Window) * channels];
        ForEachPlace(op.Window, channels, batch, (place, pixels, padded) =>
            result[place] = op.Kind == PoolKind.Max ? pixels.Max(pixel => x[pixel]) : pixels.Sum(pixel => x[pixel]) / (op.CountPadding ? padded : pixels.Count));
        return result;
    }

    public static double[] MaxPoolGradient(MaxPoolGradient op, double[][] x, int channels, int batch)
    {
        var result = new double[x[0].Length];
        ForEachPlace(op.Window, channels, batch, (place, pixels, _) => result[pixels.First(pixel => x[0][pixel] == pixels.Max(other => x[0][other]))] += x[2][place]);
        return op.Activation is { } activation ? [.. result.Zip(x[0], (gradient, saved) => gradient * ReferenceActivations.Derivative(activation, saved))] : result;
    }

    /// <summary>How far the other pixels of each window are below the largest, before and after a disturbance; copies of the largest are left out.</summary>
    public static IReadOnlyList<(double Exact, double Noisy)> DistancesFromLargest(Window window, double[] exact, double[] noisy, int channels)
    {
        var distances = new List<(double, double)>();
        ForEachPlace(window, channels, exact.Length / (Pixels(window) * channels), (_, pixels, _) =>
        {
            int largest = pixels.MaxBy(pixel => exact[pixel]);
            distances.AddRange(pixels.Where(pixel => exact[pixel] < exact[largest]).Select(pixel => (exact[largest] - exact[pixel], noisy[largest] - noisy[pixel])));
        });
        return distances;
    }

    public static double[] AveragePoolGradient(AveragePoolGradient op, double[] gradient, int channels, int batch)
    {
        var result = new double[batch * Pixels(op.Window) * channels];
        ForEachPlace(op.Window, channels, batch, (place, pixels, padded) =>
        {
            foreach (int pixel in pixels)
            {
                result[pixel] += gradient[place] / (op.CountPadding ? padded : pixels.Count);
            }
        });
        return result;
    }

    private static int Pixels(Window window) => window.Axes.Aggregate(1, (product, axis) => product * axis.Input);

    private static int Places(Window window) => window.Axes.Aggregate(1, (product, axis) => product * axis.Output);

    /// <summary>Calls back with the indices of image, result and weight of every product that a convolution sums.</summary>
    private static void ForEachProduct(ConvolutionShape shape, int batch, Action<int, int, int> product)
    {
        (int groupInputs, int groupOutputs) = (shape.Inputs / shape.Groups, shape.Outputs / shape.Groups);
        (int pixels, int places, int taps) = (Pixels(shape.Window), Places(shape.Window), shape.Window.Taps);
        foreach ((int place, int tap, int pixel) in Taps(shape.Window))
        {
            for (int sample = 0; sample < batch; sample++)
            {
                for (int output = 0; output < shape.Outputs; output++)
                {
                    int group = output / groupOutputs;
                    for (int i = 0; i < groupInputs; i++)
                    {
                        int weight = shape.IsDepthwise
                            ? (tap * shape.Outputs) + output
                            : (((((group * taps) + tap) * groupInputs) + i) * groupOutputs) + (output % groupOutputs);
                        product(
                            (((sample * pixels) + pixel) * shape.Inputs) + (group * groupInputs) + i, (((sample * places) + place) * shape.Outputs) + output, weight);
                    }
                }
            }
        }
    }

    /// <summary>Calls back with every element of a pool's result, the elements of the image in its window, and how many there were with padding.</summary>
    private static void ForEachPlace(Window window, int channels, int batch, Action<int, IReadOnlyList<int>, int> place)
    {
        (int pixels, int places) = (Pixels(window), Places(window));
        ILookup<int, int> windows = Taps(window).ToLookup(tap => tap.Place, tap => tap.Pixel);
        foreach (IGrouping<int, int> taps in windows)
        {
            for (int sample = 0; sample < batch; sample++)
            {
                for (int channel = 0; channel < channels; channel++)
                {
                    place(
                        (((sample * places) + taps.Key) * channels) + channel,
                        [.. taps.Select(pixel => (((sample * pixels) + pixel) * channels) + channel)], window.Taps);
                }
            }
        }
    }

    /// <summary>Every place, tap and pixel, flattened, of taps that lie inside the image.</summary>
    private static IEnumerable<(int Place, int Tap, int Pixel)> Taps(Window window)
    {
        IEnumerable<(int Place, int Tap, int Pixel)> all = [(0, 0, 0)];
        foreach (WindowAxis axis in window.Axes)
        {
            all = [.. all.SelectMany(outer => InAxis(axis).Select(inner => (
                (outer.Place * axis.Output) + inner.Place, (outer.Tap * axis.Kernel) + inner.Tap, (outer.Pixel * axis.Input) + inner.Pixel)))];
        }
        return all;
    }

    private static IEnumerable<(int Place, int Tap, int Pixel)> InAxis(WindowAxis axis) =>
        from place in Enumerable.Range(0, axis.Output)
        from tap in Enumerable.Range(0, axis.Kernel)
        let pixel = (place * axis.Stride) - axis.Padding + (tap * axis.Dilation)
        where pixel >= 0 && pixel < axis.Input
        select (place, tap, pixel);
}
