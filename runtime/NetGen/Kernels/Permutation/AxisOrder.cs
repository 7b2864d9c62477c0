using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>The axes of a sample in another order, and what a permutation needs to know of them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AxisOrder
{
    /// <summary>Creates an order: axis i of the result is axis <c>order[i]</c> of the sample.</summary>
    /// <param name="extents">Extents of a sample, outermost first.</param>
    /// <param name="order">A permutation of the axes.</param>
    public AxisOrder(ReadOnlySpan<int> extents, ReadOnlySpan<int> order)
    {
        var sizes = new List<int>();
        var steps = new List<nint>();
        int previous = -2;
        foreach (int axis in order)
        {
            if (extents[axis] == 1) continue;
            nint step = 1;
            foreach (int extent in extents[(axis + 1)..]) step *= extent;
            if (previous == axis)
            {
                sizes[^1] *= extents[axis];
                steps[^1] = step;
            }
            else
            {
                sizes.Add(extents[axis]);
                steps.Add(step);
            }
            previous = axis + 1;
            while (previous < extents.Length && extents[previous] == 1) previous++;
        }
        Sizes = [.. sizes];
        Steps = [.. steps];
        ResultSteps = new nint[Sizes.Length];
        Length = 1;
        for (int axis = Sizes.Length - 1; axis >= 0; axis--)
        {
            ResultSteps[axis] = Length;
            Length *= Sizes[axis];
        }
        Inner = Array.IndexOf(Steps, 1);
    }

    /// <summary>The extents of the result, outermost first. Axes of one element are left out, and axes that stay neighbours in order are one.</summary>
    internal int[] Sizes { get; }

    /// <summary>For each axis of the result, from one of its elements to the next in the sample.</summary>
    internal nint[] Steps { get; }

    /// <summary>For each axis of the result, from one of its elements to the next in the result.</summary>
    internal nint[] ResultSteps { get; }

    /// <summary>The axis of the result whose elements lie side by side in the sample.</summary>
    internal int Inner { get; }

    /// <summary>Elements of a sample.</summary>
    internal int Length { get; }

    /// <summary>Whether the result lies in memory as the sample does.</summary>
    internal bool Stays => Sizes.Length <= 1;
}
