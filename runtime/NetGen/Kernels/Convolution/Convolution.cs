using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>Convolutions of images <c>[depth, height, width, channels]</c>, over one to three axes; what lies outside an image is 0.</summary>
/// <remarks>
/// <para>A weight lies as <c>[groups][taps][Ci / groups][Co / groups]</c>: for each group the matrix that a patch of the image is multiplied by.</para>
/// <para>Every element of a result is one chain of additions in the order of taps and channels, or, in images of few channels on the way back, a sum of such chains, one for each column
/// of taps: a sample has the same bits alone and in a batch.
/// <see cref="WeightGradient"/> sums over pixels and samples: chains of fixed bands of pixels, added in order.</para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Convolution
{
    private const MethodImplOptions Hot = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary><c>y = f(scale * (x conv w) + shift + residual)</c>.</summary>
    /// <param name="x">Images, <c>[images, input pixels, Ci]</c>.</param>
    /// <param name="weight"><c>[groups, taps, Ci / groups, Co / groups]</c>.</param>
    /// <param name="scale"><c>[Co]</c>; empty for 1. It comes with a shift.</param>
    /// <param name="shift"><c>[Co]</c>; empty for 0.</param>
    /// <param name="residual">Added before the activation, as large as the result; empty for none.</param>
    /// <param name="y"><c>[images, output pixels, Co]</c>; overlaps no operand.</param>
    /// <param name="images">Number of images.</param>
    /// <param name="shape">The window and its channels.</param>
    /// <param name="activation">f.</param>
    [MethodImpl(Hot)]
    public static void Forward<TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, ReadOnlySpan<float> residual, Span<float> y,
        int images, ConvolutionShape shape, TActivation activation)
        where TActivation : struct, IActivation
    {
        Debug.Assert(x.Length == images * shape.InputLength && y.Length == images * shape.OutputLength && weight.Length == shape.WeightLength);
        Debug.Assert((scale.IsEmpty || (scale.Length == shape.Outputs && !shift.IsEmpty)) && (shift.IsEmpty || shift.Length == shape.Outputs));
        Debug.Assert(residual.IsEmpty || residual.Length == y.Length);
        Simd.Run(new ForwardKernel<TActivation>(x, weight, scale, shift, residual, y, images, shape, activation));
    }

    /// <summary><c>y = f(scale * (x conv-transposed w) + shift)</c>: the convolution backwards, from images of its result's shape to images of its input's.</summary>
    /// <param name="x">Images, <c>[images, output pixels of the window, Co]</c>.</param>
    /// <param name="weight">As that of the convolution, <c>[groups, taps, Ci / groups, Co / groups]</c>.</param>
    /// <param name="scale"><c>[Ci]</c>; empty for 1. It comes with a shift.</param>
    /// <param name="shift"><c>[Ci]</c>; empty for 0.</param>
    /// <param name="y"><c>[images, input pixels of the window, Ci]</c>; overlaps no operand.</param>
    /// <param name="images">Number of images.</param>
    /// <param name="shape">The window and its channels.</param>
    /// <param name="activation">f.</param>
    [MethodImpl(Hot)]
    public static void Transposed<TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Span<float> y,
        int images, ConvolutionShape shape, TActivation activation)
        where TActivation : struct, IActivation
    {
        Debug.Assert(x.Length == images * shape.OutputLength && y.Length == images * shape.InputLength && weight.Length == shape.WeightLength);
        Debug.Assert((scale.IsEmpty || (scale.Length == shape.Inputs && !shift.IsEmpty)) && (shift.IsEmpty || shift.Length == shape.Inputs));
        Simd.Run(new TransposedKernel<TActivation>(x, weight, scale, shift, y, images, shape, activation));
    }

    /// <summary><c>dx = (dy conv-transposed w) * f'(saved)</c>: the gradient of a convolution's input, through the activation before it.</summary>
    /// <param name="dy"><c>[images, output pixels, Co]</c>.</param>
    /// <param name="weight"><c>[groups, taps, Ci / groups, Co / groups]</c>.</param>
    /// <param name="dx"><c>[images, input pixels, Ci]</c>; overlaps no operand.</param>
    /// <param name="images">Number of images.</param>
    /// <param name="shape">The window and its channels.</param>
    /// <param name="saved">As large as dx: what the activation keeps, its output or its input; empty for <see cref="Identity"/>.</param>
    /// <param name="activation">f.</param>
    [MethodImpl(Hot)]
    public static void InputGradient<TActivation>(
        ReadOnlySpan<float> dy, ReadOnlySpan<float> weight, Span<float> dx, int images, ConvolutionShape shape, ReadOnlySpan<float> saved, TActivation activation)
        where TActivation : struct, IActivation
    {
        Debug.Assert(dy.Length == images * shape.OutputLength && dx.Length == images * shape.InputLength && weight.Length == shape.WeightLength);
        Debug.Assert(saved.Length == dx.Length || (saved.IsEmpty && typeof(TActivation) == typeof(Identity)));
        Simd.Run(new InputGradientKernel<TActivation>(dy, weight, dx, images, shape, saved, activation));
    }

    /// <summary>The gradient of the weight: of every tap, input and output channel the sum of <c>x dy</c> over all pixels and images.</summary>
    /// <param name="x"><c>[images, input pixels, Ci]</c>.</param>
    /// <param name="dy"><c>[images, output pixels, Co]</c>.</param>
    /// <param name="dw"><c>[groups, taps, Ci / groups, Co / groups]</c>.</param>
    /// <param name="images">Number of images.</param>
    /// <param name="shape">The window and its channels.</param>
    /// <param name="worker">Computes its part of the rows of the weight.</param>
    [MethodImpl(Hot)]
    public static void WeightGradient(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, ParameterGradient dw, int images, ConvolutionShape shape, Worker worker)
    {
        Debug.Assert(x.Length == images * shape.InputLength && dy.Length == images * shape.OutputLength && dw.Values.Length == shape.WeightLength);
        Part part = worker.Part(PartRowsOf(shape), RowUnit(shape));
        if (part.Count > 0) Simd.Run(new WeightGradientKernel(x, dy, dw, images, shape, part));
    }

    /// <summary>The gradient of the weight for each image by itself: as <see cref="WeightGradient"/>, but not summed over the images.</summary>
    /// <param name="x"><c>[images, input pixels, Ci]</c>.</param>
    /// <param name="dy"><c>[images, output pixels, Co]</c>.</param>
    /// <param name="dw"><c>[images, groups, taps, Ci / groups, Co / groups]</c>.</param>
    /// <param name="images">Number of images.</param>
    /// <param name="shape">The window and its channels.</param>
    [MethodImpl(Hot)]
    public static void WeightGradientEach(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dw, int images, ConvolutionShape shape)
    {
        Debug.Assert(x.Length == images * shape.InputLength && dy.Length == images * shape.OutputLength && dw.Length == images * shape.WeightLength);
        Simd.Run(new EachWeightGradientKernel(x, dy, dw, images, shape));
    }
}
