using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>Convolutions each of whose results reads one channel: <c>groups = inputs</c>. Channel <c>c m + j</c> of the result reads channel c, with m results a channel.</summary>
/// <remarks>
/// Images are channels last: <c>x [images, input extents, C]</c>, <c>y [images, output extents, C m]</c>; the weight is <c>[taps, C m]</c>. The sums of a sample have
/// the same bits alone and in a batch. What a window covers outside the image is 0. A result overlaps no operand.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe partial class DepthwiseConvolution
{
    private const MethodImplOptions Hot = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary><c>y = f(scale (x conv weight) + shift + residual)</c>.</summary>
    /// <param name="x"><c>[images, input extents, C]</c>.</param>
    /// <param name="weight"><c>[taps, C m]</c>.</param>
    /// <param name="scale"><c>[C m]</c>; empty is 1.</param>
    /// <param name="shift"><c>[C m]</c>; empty is 0.</param>
    /// <param name="residual">Like y; empty is 0.</param>
    /// <param name="y"><c>[images, output extents, C m]</c>.</param>
    /// <param name="images">Number of samples.</param>
    /// <param name="shape">The window and the channels, with one group a channel of x.</param>
    /// <param name="activation">f.</param>
    [MethodImpl(Hot)]
    public static void Forward<TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, ReadOnlySpan<float> residual, Span<float> y,
        int images, ConvolutionShape shape, TActivation activation)
        where TActivation : struct, IActivation
    {
        CheckLengths(x, weight.Length, y, images, shape);
        Debug.Assert(scale.IsEmpty || scale.Length == shape.Outputs);
        Debug.Assert(shift.IsEmpty || shift.Length == shape.Outputs);
        Debug.Assert(residual.IsEmpty || residual.Length == y.Length);
        Simd.Run(new ForwardKernel<TActivation>(x, weight, scale, shift, residual, y, images, shape, activation));
    }

    /// <summary><c>dx = (dy conv-transposed weight) f'(saved)</c>.</summary>
    /// <param name="dy"><c>[images, output extents, C m]</c>.</param>
    /// <param name="weight"><c>[taps, C m]</c>.</param>
    /// <param name="dx"><c>[images, input extents, C]</c>; overwritten.</param>
    /// <param name="images">Number of samples.</param>
    /// <param name="shape">The window and the channels of the convolution.</param>
    /// <param name="saved">Like dx: what the activation before the convolution keeps; empty for <see cref="Identity"/>.</param>
    /// <param name="activation">f.</param>
    [MethodImpl(Hot)]
    public static void InputGradient<TActivation>(
        ReadOnlySpan<float> dy, ReadOnlySpan<float> weight, Span<float> dx, int images, ConvolutionShape shape, ReadOnlySpan<float> saved, TActivation activation)
        where TActivation : struct, IActivation
    {
        CheckLengths(dx, weight.Length, dy, images, shape);
        Debug.Assert(saved.Length == dx.Length || (saved.IsEmpty && typeof(TActivation) == typeof(Identity)));
        Simd.Run(new InputGradientKernel<TActivation>(dy, weight, dx, images, shape, saved, activation));
    }

    /// <summary><c>dw[k] = sum over samples and places of x dy</c>, with the pixel of x that tap k reads.</summary>
    /// <param name="x"><c>[images, input extents, C]</c>.</param>
    /// <param name="dy"><c>[images, output extents, C m]</c>.</param>
    /// <param name="dw"><c>[taps, C m]</c>.</param>
    /// <param name="images">Number of samples.</param>
    /// <param name="shape">The window and the channels.</param>
    /// <param name="worker">Computes its part of the channels.</param>
    [MethodImpl(Hot)]
    public static void WeightGradient(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, ParameterGradient dw, int images, ConvolutionShape shape, Worker worker)
    {
        CheckLengths(x, dw.Values.Length, dy, images, shape);
        Part part = worker.Part(shape.Outputs, unit: 16);
        if (part.Count == 0) return;
        Simd.Run(new WeightGradientKernel(x, dy, dw.Values, images, shape, part));
        for (int tap = 0; tap < shape.Window.Taps; tap++) dw.Update((tap * shape.Outputs) + part.Start, part.Count);
    }

    [Conditional("DEBUG")]
    private static void CheckLengths(ReadOnlySpan<float> x, int weight, ReadOnlySpan<float> y, int images, ConvolutionShape shape)
    {
        Debug.Assert(shape.Groups == shape.Inputs && shape.Outputs % shape.Inputs == 0);
        Debug.Assert(x.Length == images * shape.Window.InputPixels * shape.Inputs);
        Debug.Assert(y.Length == images * shape.Window.OutputPixels * shape.Outputs);
        Debug.Assert(weight == shape.Window.Taps * shape.Outputs);
    }
}
