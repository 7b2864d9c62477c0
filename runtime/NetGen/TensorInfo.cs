namespace NetGen;

/// <summary>One parameter, or one tensor of state.</summary>
/// <param name="Name">PyTorch's name, such as <c>dense1.weight</c>.</param>
/// <param name="Shape">PyTorch's shape: <c>[out, in]</c> for the weight of a dense layer.</param>
/// <param name="Offset">Where it starts in its flat buffer, in floats.</param>
/// <param name="Length">Floats that it takes there.</param>
/// <param name="Layout">How its elements lie there; null for row-major order, the last axis contiguous, as in PyTorch.</param>
public sealed record TensorInfo(string Name, Shape Shape, int Offset, int Length, TensorLayout? Layout = null)
{
    /// <summary>The index, in PyTorch's shape, of an element by its place in memory.</summary>
    /// <param name="place">Floats from <see cref="Offset"/> on, below <see cref="Length"/>.</param>
    /// <returns>One number an axis: <c>[3, 17]</c> is the weight from input 17 to output 3 of a dense layer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The tensor has no such place.</exception>
    public int[] IndexOf(int place)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, Length);
        int rowMajor = TensorLayouts.RowMajorPlace(this, place);
        int[] index = new int[Shape.Rank];
        for (int axis = index.Length - 1; axis >= 0; axis--)
        {
            (rowMajor, index[axis]) = Math.DivRem(rowMajor, Shape[axis]);
        }
        return index;
    }
}

/// <summary>How a tensor's elements lie in memory where they are not in row-major order. Parameter, gradient and optimizer state share one layout.</summary>
/// <remarks>
/// The weight of a dense layer, <c>[out, in]</c> in PyTorch, is stored as <c>[in, out]</c>, which is how a product with rows of samples reads it: its order is
/// (1, 0). After an image that was flattened the inputs are seen as channels, height and width, and stored with the channels last: view (out, c, h, w), order (2, 3, 1, 0).
/// </remarks>
/// <param name="view">The tensor's axes, of which some may be divided: as many elements as its shape.</param>
/// <param name="order">Which axis of the view comes first in memory, which second, and so on.</param>
public sealed class TensorLayout(ReadOnlySpan<int> view, ReadOnlySpan<int> order)
{
    private readonly int[] _view = view.ToArray();
    private readonly int[] _order = order.ToArray();

    /// <summary>The tensor's axes, of which some may be divided.</summary>
    public ReadOnlySpan<int> View => _view;

    /// <summary>Which axis of the view comes first in memory, which second, and so on.</summary>
    public ReadOnlySpan<int> Order => _order;
}
