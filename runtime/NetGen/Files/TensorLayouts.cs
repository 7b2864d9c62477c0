namespace NetGen;

/// <summary>The one place that converts between PyTorch's row-major order and the order in which a tensor lies in its flat buffer.</summary>
internal static class TensorLayouts
{
    /// <summary>Copies a tensor out of its flat buffer.</summary>
    /// <param name="buffer">The whole flat buffer.</param>
    /// <param name="tensor">Which tensor.</param>
    /// <param name="rowMajor">As many floats as the tensor's shape counts.</param>
    public static void ToRowMajor(ReadOnlySpan<float> buffer, TensorInfo tensor, Span<float> rowMajor)
    {
        ReadOnlySpan<float> stored = buffer.Slice(tensor.Offset, tensor.Length);
        if (tensor.Layout is not { } layout)
        {
            stored.CopyTo(rowMajor);
            return;
        }
        var places = new Places(layout);
        for (int index = 0; index < stored.Length; index++) rowMajor[places.Next()] = stored[index];
    }

    /// <summary>Copies a tensor into its flat buffer.</summary>
    /// <param name="rowMajor">As many floats as the tensor's shape counts.</param>
    /// <param name="tensor">Which tensor.</param>
    /// <param name="buffer">The whole flat buffer.</param>
    public static void FromRowMajor(ReadOnlySpan<float> rowMajor, TensorInfo tensor, Span<float> buffer)
    {
        Span<float> stored = buffer.Slice(tensor.Offset, tensor.Length);
        if (tensor.Layout is not { } layout)
        {
            rowMajor[..stored.Length].CopyTo(stored);
            return;
        }
        var places = new Places(layout);
        for (int index = 0; index < stored.Length; index++) stored[index] = rowMajor[places.Next()];
    }

    /// <summary>The place in row-major order of one element in memory.</summary>
    public static int RowMajorPlace(TensorInfo tensor, int place)
    {
        if (tensor.Layout is not { } layout) return place;
        int rowMajor = 0;
        for (int i = layout.Order.Length - 1; i >= 0; i--)
        {
            int axis = layout.Order[i];
            (place, int index) = Math.DivRem(place, layout.View[axis]);
            foreach (int inner in layout.View[(axis + 1)..]) index *= inner;
            rowMajor += index;
        }
        return rowMajor;
    }

    /// <summary>The place in row-major order of each element in memory, one after the other.</summary>
    private struct Places
    {
        private readonly int[] _extents;   // in the order of memory
        private readonly int[] _strides;
        private readonly int[] _index;
        private int _place;

        public Places(TensorLayout layout)
        {
            ReadOnlySpan<int> view = layout.View, order = layout.Order;
            _extents = new int[order.Length];
            _strides = new int[order.Length];
            _index = new int[order.Length];
            for (int axis = 0; axis < order.Length; axis++)
            {
                _extents[axis] = view[order[axis]];
                _strides[axis] = 1;
                foreach (int inner in view[(order[axis] + 1)..]) _strides[axis] *= inner;
            }
        }

        public int Next()
        {
            int place = _place;
            for (int axis = _extents.Length - 1; axis >= 0; axis--)
            {
                _place += _strides[axis];
                if (++_index[axis] < _extents[axis]) break;
                _place -= _strides[axis] * _extents[axis];
                _index[axis] = 0;
            }
            return place;
        }
    }
}
