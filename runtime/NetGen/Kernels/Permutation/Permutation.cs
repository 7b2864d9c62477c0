using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>Copies of tensors with their axes in another order.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Permutation
{
    private const int MostAxes = 8;

    /// <summary>Axis i of each sample's result is axis <c>order[i]</c> of the sample.</summary>
    /// <param name="x">Samples of <paramref name="extents"/>.</param>
    /// <param name="y">The result, which does not overlap x.</param>
    /// <param name="images">Number of samples.</param>
    /// <param name="extents">Extents of a sample of x, outermost first; 8 axes at most.</param>
    /// <param name="order">A permutation of the axes.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Apply(ReadOnlySpan<float> x, Span<float> y, int images, ReadOnlySpan<int> extents, ReadOnlySpan<int> order)
    {
        Debug.Assert(x.Length == y.Length && extents.Length == order.Length && extents.Length <= MostAxes);
        if (x.IsEmpty) return;
        // Of the result, outermost first: the extent of each axis and its step in x. Axes that stay neighbours in order are one.
        int* sizes = stackalloc int[MostAxes];
        nint* steps = stackalloc nint[MostAxes];
        int axes = 0, previous = -2;
        int size = 1;
        foreach (int extent in extents) size *= extent;
        foreach (int axis in order)
        {
            if (extents[axis] == 1) continue;
            nint step = 1;
            int next = axis + 1;
            for (int i = axis + 1; i < extents.Length; i++) step *= extents[i];
            while (next < extents.Length && extents[next] == 1) next++;
            if (previous == axis)
            {
                sizes[axes - 1] *= extents[axis];
                steps[axes - 1] = step;
            }
            else
            {
                sizes[axes] = extents[axis];
                steps[axes++] = step;
            }
            previous = next;
        }
        fixed (float* from = x, to = y)
        {
            if (axes <= 1)
            {
                x.CopyTo(y);
                return;
            }
            for (int image = 0; image < images; image++) Copy(from + (nint)image * size, to + (nint)image * size, sizes, steps, axes, size);
        }
    }

    /// <summary>One sample. Two axes at a time are a matrix: the result's last, and the one whose elements lie side by side in x.</summary>
    private static void Copy(float* x, float* y, int* sizes, nint* steps, int axes, int size)
    {
        nint* resultSteps = stackalloc nint[MostAxes];
        int last = axes - 1, inner = last;
        nint step = 1;
        for (int i = last; i >= 0; i--)
        {
            resultSteps[i] = step;
            step *= sizes[i];
            if (steps[i] == 1) inner = i;
        }
        int* index = stackalloc int[MostAxes];
        new Span<int>(index, MostAxes).Clear();
        int block = inner == last ? sizes[last] : sizes[last] * sizes[inner];
        nint source = 0, destination = 0;
        for (int done = 0; ;)
        {
            if (inner == last) new ReadOnlySpan<float>(x + source, block).CopyTo(new Span<float>(y + destination, block));
            else if (sizes[last] < Interleave.MostRows && resultSteps[inner] == sizes[last]) Interleave.ToPixels(x + source, steps[last], y + destination, sizes[last], sizes[inner]);
            else if (sizes[inner] < Interleave.MostRows && steps[last] == sizes[inner]) Interleave.ToRows(x + source, y + destination, resultSteps[inner], sizes[inner], sizes[last]);
            else Transpose.Copy(x + source, steps[last], y + destination, resultSteps[inner], sizes[last], sizes[inner]);
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
