using NetGen.Compiler.Ops;

namespace NetGen.Truth;

/// <summary>What makes one image of another by fixed parts of its pixels, by definition: each axis says which places of the result a pixel goes into, and how much of it.</summary>
internal static class ReferenceImages
{
    /// <summary>A part of a pixel that goes into a place of the result, on one axis.</summary>
    private readonly record struct Part(int Place, int Pixel, double Share);

    public static double[] AdaptiveAverage(double[] x, Compiler.Ir.Shape image, Compiler.Ir.Shape result, bool isGradient) =>
        Spread(x, image, result, isGradient, Windows);

    public static double[] Resample(Compiler.Ops.UpsampleMode mode, double[] x, Compiler.Ir.Shape image, Compiler.Ir.Shape result, bool isGradient) =>
        Spread(x, image, result, isGradient, mode == Compiler.Ops.UpsampleMode.Nearest ? Copies : Mixtures);

    public static double[] Pad(Pad op, double[] x, Compiler.Ir.Shape shape, Compiler.Ir.Shape result)
    {
        (int size, int resultSize) = ((int)shape.Count, (int)result.Count);
        var padded = new double[x.Length / size * resultSize];
        Array.Fill(padded, op.Value);
        for (int index = 0; index < x.Length; index++)
        {
            int place = 0, step = 1;
            for (int axis = shape.Rank - 1, rest = index % size; axis >= 0; rest /= shape.Extents[axis], axis--)
            {
                place += ((rest % shape.Extents[axis]) + op.Before[axis]) * step;
                step *= result.Extents[axis];
            }
            padded[(index / size * resultSize) + place] = x[index];
        }
        return padded;
    }

    /// <summary>The result from the image, or the gradient of the image from that of the result.</summary>
    private static double[] Spread(double[] x, Compiler.Ir.Shape image, Compiler.Ir.Shape result, bool isGradient, Func<int, int, IEnumerable<Part>> partsOf)
    {
        int channels = image.Last;
        Part[] rows = [.. partsOf(image.Extents[0], result.Extents[0])], columns = [.. partsOf(image.Extents[1], result.Extents[1])];
        int samples = x.Length / (int)(isGradient ? result : image).Count;
        var sums = new double[samples * (int)(isGradient ? image : result).Count];
        for (int sample = 0; sample < samples; sample++)
        {
            foreach ((Part row, Part column) in rows.SelectMany(row => columns.Select(column => (row, column))))
            {
                for (int channel = 0; channel < channels; channel++)
                {
                    int pixel = (((((sample * image.Extents[0]) + row.Pixel) * image.Extents[1]) + column.Pixel) * channels) + channel;
                    int place = (((((sample * result.Extents[0]) + row.Place) * result.Extents[1]) + column.Place) * channels) + channel;
                    (int to, int from) = isGradient ? (pixel, place) : (place, pixel);
                    sums[to] += row.Share * column.Share * x[from];
                }
            }
        }
        return sums;
    }

    private static IEnumerable<Part> Windows(int pixels, int places)
    {
        for (int place = 0; place < places; place++)
        {
            int start = (int)Math.Floor((double)place * pixels / places), end = (int)Math.Ceiling((place + 1.0) * pixels / places);
            for (int pixel = start; pixel < end; pixel++)
            {
                yield return new(place, pixel, 1.0 / (end - start));
            }
        }
    }

    private static IEnumerable<Part> Copies(int pixels, int places) => Enumerable.Range(0, places).Select(place => new Part(place, place * pixels / places, 1));

    private static IEnumerable<Part> Mixtures(int pixels, int places)
    {
        for (int place = 0; place < places; place++)
        {
            double position = Math.Clamp(((place + 0.5) * pixels / places) - 0.5, 0, pixels - 1);
            int first = (int)position;
            yield return new(place, first, 1 - (position - first));
            if (position > first)
            {
                yield return new(place, first + 1, position - first);
            }
        }
    }
}
