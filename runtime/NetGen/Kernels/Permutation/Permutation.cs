using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>Copies of tensors with their axes in another order.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Permutation
{
    /// <summary>Axis i of each sample's result is axis <c>order[i]</c> of the sample.</summary>
    /// <param name="x">Samples.</param>
    /// <param name="y">The result, which does not overlap x.</param>
    /// <param name="images">Number of samples.</param>
    /// <param name="order">The extents of a sample, and the order of its axes.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Apply(ReadOnlySpan<float> x, Span<float> y, int images, AxisOrder order)
    {
        Debug.Assert(x.Length == y.Length && x.Length == images * order.Length);
        if (order.Stays)
        {
            x.CopyTo(y);
            return;
        }
        fixed (float* from = x, to = y)
        fixed (int* sizes = order.Sizes)
        fixed (nint* steps = order.Steps, resultSteps = order.ResultSteps)
        {
            for (int image = 0; image < images; image++)
            {
                nint start = (nint)image * order.Length;
                Copy(from + start, steps, to + start, resultSteps, sizes, last: order.Sizes.Length - 1, order.Inner, order.Length);
            }
        }
    }

    /// <summary>One sample. Two axes at a time are a matrix: the result's last, and the one whose elements lie side by side in x.</summary>
    private static void Copy(float* x, nint* steps, float* y, nint* resultSteps, int* sizes, int last, int inner, int size)
    {
        Span<int> index = stackalloc int[last + 1];
        index.Clear();
        int block = inner == last ? sizes[last] : sizes[last] * sizes[inner];
        nint source = 0, destination = 0;
        for (int done = 0; ;)
        {
            if (inner == last)
            {
                new ReadOnlySpan<float>(x + source, block).CopyTo(new Span<float>(y + destination, block));
            }
            else if (sizes[last] < Interleave.MostRows && resultSteps[inner] == sizes[last])
            {
                Interleave.ToPixels(x + source, steps[last], y + destination, sizes[last], sizes[inner]);
            }
            else if (sizes[inner] < Interleave.MostRows && steps[last] == sizes[inner])
            {
                Interleave.ToRows(x + source, y + destination, resultSteps[inner], sizes[inner], sizes[last]);
            }
            else
            {
                Transpose.Copy(x + source, steps[last], y + destination, resultSteps[inner], sizes[last], sizes[inner]);
            }
            done += block;
            if (done == size) return;
            for (int i = last; ; i--)
            {
                if (i == last || i == inner) continue;
                source += steps[i];
                destination += resultSteps[i];
                if (++index[i] < sizes[i]) break;
                index[i] = 0;
                source -= steps[i] * sizes[i];
                destination -= resultSteps[i] * sizes[i];
            }
        }
    }
}
