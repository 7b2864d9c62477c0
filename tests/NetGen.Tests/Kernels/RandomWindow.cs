using NetGen.CompilerServices;

namespace NetGen.Tests.Kernels;

/// <summary>A window of one to three axes with random extents, or one that halves images, and the plain definition of what it reads.</summary>
internal sealed class RandomWindow
{
    private readonly (int Input, int Output, int Kernel, int Stride, int Dilation, int Padding)[] _axes = [(1, 1, 1, 1, 1, 0), (1, 1, 1, 1, 1, 0), (1, 1, 1, 1, 1, 0)];

    public RandomWindow(Random random, bool halves = false)
    {
        int axes = random.Next(halves ? 2 : 1, 4);
        for (int i = 3 - axes; i < 3; i++)
        {
            int kernel = random.Next(1, 5), stride = random.Next(1, 4), dilation = random.Next(1, 3);
            // Common windows often, others too: those that leave out pixels, and those that reach beyond the padding as "same" may.
            if (random.Next(2) == 0) (kernel, stride, dilation) = (3, random.Next(1, 3), 1);
            if (halves) (kernel, stride, dilation) = i == 0 ? (1, 1, 1) : (2, 2, 1);
            int reach = ((kernel - 1) * dilation) + 1, padding = halves ? 0 : random.Next(0, (kernel * dilation / 2) + 1);
            int input = random.Next(Math.Max(1, reach - padding), i == 2 ? 24 : 9);
            int output = ((input + padding + random.Next(0, padding + 1) - reach) / stride) + 1;
            _axes[i] = (input, Math.Max(output, 1), kernel, stride, dilation, padding);
        }
        Window = new SlidingWindow(
            [.. _axes[(3 - axes)..].Select(a => a.Input)], [.. _axes[(3 - axes)..].Select(a => a.Output)], [.. _axes[(3 - axes)..].Select(a => a.Kernel)],
            [.. _axes[(3 - axes)..].Select(a => a.Stride)], [.. _axes[(3 - axes)..].Select(a => a.Dilation)], [.. _axes[(3 - axes)..].Select(a => a.Padding)]);
    }

    public SlidingWindow Window { get; }

    /// <summary>The (tap, pixel) pairs of a place whose pixel lies inside, in the order of taps.</summary>
    public IEnumerable<(int Tap, int Pixel)> Reads(int place)
    {
        var (d, h, w) = (_axes[0], _axes[1], _axes[2]);
        int x = place % w.Output, y = place / w.Output % h.Output, z = place / w.Output / h.Output;
        int tap = 0;
        for (int i = 0; i < d.Kernel; i++)
        {
            for (int j = 0; j < h.Kernel; j++)
            {
                for (int k = 0; k < w.Kernel; k++, tap++)
                {
                    int pz = (z * d.Stride) - d.Padding + (i * d.Dilation), py = (y * h.Stride) - h.Padding + (j * h.Dilation), px = (x * w.Stride) - w.Padding + (k * w.Dilation);
                    if (pz < 0 || pz >= d.Input || py < 0 || py >= h.Input || px < 0 || px >= w.Input) continue;
                    yield return (tap, (((pz * h.Input) + py) * w.Input) + px);
                }
            }
        }
    }
}
