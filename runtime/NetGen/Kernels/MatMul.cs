using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>Matrix products over contiguous row-major matrices. The result overlaps no operand.</summary>
/// <remarks>
/// Every element of a <c>Product</c> is one chain of additions over <c>inner</c>, in order, from the bias on, or the sum of four if there are few columns: a sample's result has
/// the same bits alone and in a batch. <see cref="TransposedLeft"/> sums over a batch: up to 256 samples in one chain, of more
/// chains of 128, added in order.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class MatMul
{
    // Optimised from the first call on: there is much work in a call, and the JIT would replace slow code only after thousands of them.
    private const MethodImplOptions Hot = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary><c>c = f(a b + bias)</c>.</summary>
    /// <param name="a"><c>[rows, inner]</c>.</param>
    /// <param name="b"><c>[inner, columns]</c>.</param>
    /// <param name="bias"><c>[columns]</c>, added to each row; empty for none.</param>
    /// <param name="c"><c>[rows, columns]</c>.</param>
    /// <param name="rows">Rows of a and c.</param>
    /// <param name="inner">Columns of a, rows of b.</param>
    /// <param name="columns">Columns of b and c.</param>
    /// <param name="activation">f.</param>
    [MethodImpl(Hot)]
    public static void Product<TActivation>(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> bias, Span<float> c, int rows, int inner, int columns, TActivation activation)
        where TActivation : struct, IActivation
    {
        Debug.Assert(a.Length == rows * inner && b.Length == inner * columns && c.Length == rows * columns);
        Debug.Assert(bias.IsEmpty || bias.Length == columns);
        Simd.Run(new ProductKernel<TActivation>(a, b, bias, c, rows, inner, columns, activation));
    }

    /// <summary><c>c = a^T b</c>: the gradient of weights, from the inputs and the gradient of the outputs.</summary>
    /// <param name="a"><c>[inner, rows]</c>.</param>
    /// <param name="b"><c>[inner, columns]</c>.</param>
    /// <param name="c"><c>[rows, columns]</c>.</param>
    /// <param name="rows">Columns of a, rows of c.</param>
    /// <param name="inner">Rows of a and b.</param>
    /// <param name="columns">Columns of b and c.</param>
    /// <param name="worker">Computes its part of the rows.</param>
    [MethodImpl(Hot)]
    public static void TransposedLeft(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, ParameterGradient c, int rows, int inner, int columns, Worker worker)
    {
        Debug.Assert(a.Length == inner * rows && b.Length == inner * columns && c.Values.Length == rows * columns);
        Part part = worker.Part(rows, RowUnit);
        if (part.Count > 0) Simd.Run(new TransposedLeftKernel(a, b, c, part, rows, inner, columns));
    }

    /// <summary><c>c = a b^T</c>, times <c>f'(saved)</c>: the gradient of inputs, from the gradient of the outputs and the weights, through the activation before.</summary>
    /// <param name="a"><c>[rows, inner]</c>.</param>
    /// <param name="b"><c>[columns, inner]</c>.</param>
    /// <param name="c"><c>[rows, columns]</c>.</param>
    /// <param name="rows">Rows of a and c.</param>
    /// <param name="inner">Columns of a and b.</param>
    /// <param name="columns">Rows of b, columns of c.</param>
    /// <param name="saved"><c>[rows, columns]</c>: what the activation keeps, its output or its input; empty for <see cref="Identity"/>.</param>
    /// <param name="activation">f.</param>
    [MethodImpl(Hot)]
    public static void TransposedRight<TActivation>(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int rows, int inner, int columns, ReadOnlySpan<float> saved, TActivation activation)
        where TActivation : struct, IActivation
    {
        Debug.Assert(a.Length == rows * inner && b.Length == columns * inner && c.Length == rows * columns);
        Debug.Assert(saved.Length == c.Length || (saved.IsEmpty && typeof(TActivation) == typeof(Identity)));
        Simd.Run(new TransposedRightKernel<TActivation>(a, b, c, rows, inner, columns, saved, activation));
    }
}
