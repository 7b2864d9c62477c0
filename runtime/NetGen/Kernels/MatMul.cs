using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>Matrix products over contiguous row-major matrices. The result overlaps no operand.</summary>
/// <remarks>
/// Every element of <see cref="Product"/> and <see cref="TransposedLeft"/> is one chain of additions over <c>inner</c>, in order: a sample's result has the
/// same bits alone and in a batch.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class MatMul
{
    /// <summary><c>c = f(a b + bias)</c>.</summary>
    /// <param name="a"><c>[rows, inner]</c>.</param>
    /// <param name="b"><c>[inner, columns]</c>.</param>
    /// <param name="bias"><c>[columns]</c>, added to each row; empty for none.</param>
    /// <param name="c"><c>[rows, columns]</c>.</param>
    /// <param name="rows">Rows of a and c.</param>
    /// <param name="inner">Columns of a, rows of b.</param>
    /// <param name="columns">Columns of b and c.</param>
    /// <param name="activation">f.</param>
    public static void Product<TActivation>(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> bias, Span<float> c, int rows, int inner, int columns, TActivation activation)
        where TActivation : struct, IActivation
    {
        Debug.Assert(a.Length == rows * inner && b.Length == inner * columns && c.Length == rows * columns);
        Debug.Assert(bias.IsEmpty || bias.Length == columns);
        Simd.Run(new ProductKernel(a, inner, 1, b, bias, c, rows, inner, columns));
        if (typeof(TActivation) != typeof(Identity)) Elementwise.Activate(c, c, activation);
    }

    /// <summary><c>c = a^T b</c>: the gradient of weights, from the inputs and the gradient of the outputs.</summary>
    /// <param name="a"><c>[inner, rows]</c>.</param>
    /// <param name="b"><c>[inner, columns]</c>.</param>
    /// <param name="c"><c>[rows, columns]</c>.</param>
    /// <param name="rows">Columns of a, rows of c.</param>
    /// <param name="inner">Rows of a and b.</param>
    /// <param name="columns">Columns of b and c.</param>
    public static void TransposedLeft(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int rows, int inner, int columns)
    {
        Debug.Assert(a.Length == inner * rows && b.Length == inner * columns && c.Length == rows * columns);
        Simd.Run(new ProductKernel(a, 1, rows, b, default, c, rows, inner, columns));
    }

    /// <summary><c>c = a b^T</c>: the gradient of inputs, from the gradient of the outputs and the weights.</summary>
    /// <param name="a"><c>[rows, inner]</c>.</param>
    /// <param name="b"><c>[columns, inner]</c>.</param>
    /// <param name="c"><c>[rows, columns]</c>.</param>
    /// <param name="rows">Rows of a and c.</param>
    /// <param name="inner">Columns of a and b.</param>
    /// <param name="columns">Rows of b, columns of c.</param>
    public static void TransposedRight(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int rows, int inner, int columns)
    {
        Debug.Assert(a.Length == rows * inner && b.Length == columns * inner && c.Length == rows * columns);
        Simd.Run(new TransposedRightKernel(a, b, c, rows, inner, columns));
    }

    /// <summary><c>c = a b + bias</c>; element (r, k) of a lies at <c>r * rowStep + k * innerStep</c>, so that a may be transposed.</summary>
    internal readonly ref struct ProductKernel(
        ReadOnlySpan<float> a, int rowStep, int innerStep, ReadOnlySpan<float> b, ReadOnlySpan<float> bias, Span<float> c, int rows, int inner, int columns)
        : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _a = a;
        private readonly ReadOnlySpan<float> _b = b;
        private readonly ReadOnlySpan<float> _bias = bias;
        private readonly Span<float> _c = c;
        private readonly int _rowStep = rowStep, _innerStep = innerStep, _rows = rows, _inner = inner, _columns = columns;

        public void Run<V>() where V : struct, IVector16<V> => Block<V>(
            ref MemoryMarshal.GetReference(_a), _rowStep, _innerStep, ref MemoryMarshal.GetReference(_b), ref MemoryMarshal.GetReference(_bias),
            ref MemoryMarshal.GetReference(_c), _rows, _inner, _columns);
    }

    internal readonly ref struct TransposedRightKernel(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int rows, int inner, int columns)
        : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _a = a;
        private readonly ReadOnlySpan<float> _b = b;
        private readonly Span<float> _c = c;
        private readonly int _rows = rows, _inner = inner, _columns = columns;

        // Sixteen rows of a become the sixteen lanes of a transposed copy; a rest of few rows is cheaper as dot products.
        public void Run<V>() where V : struct, IVector16<V>
        {
            ref float a = ref MemoryMarshal.GetReference(_a);
            ref float b = ref MemoryMarshal.GetReference(_b);
            ref float c = ref MemoryMarshal.GetReference(_c);
            if (_inner == 0) _c.Clear();
            int r = 0;
            for (; _rows - r >= FewRows; r += 16)
            {
                SixteenRows<V>(ref Unsafe.Add(ref a, r * _inner), ref b, ref Unsafe.Add(ref c, r * _columns), Math.Min(16, _rows - r), _inner, _columns);
            }
            for (; r < _rows; r++) Dots<V>(ref Unsafe.Add(ref a, r * _inner), ref b, ref Unsafe.Add(ref c, r * _columns), _inner, _columns);
        }
    }
}
