using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

public static partial class Convolution
{
    internal readonly unsafe ref struct ForwardKernel<TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, ReadOnlySpan<float> residual, Span<float> y,
        int images, ConvolutionShape shape, TActivation activation)
        : ISimdKernel where TActivation : struct, IActivation
    {
        private readonly ReadOnlySpan<float> _x = x, _weight = weight, _scale = scale, _shift = shift, _residual = residual;
        private readonly Span<float> _y = y;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int length = PixelGroups.ScratchLength(shape) + (shape.Grouped ?? shape).Forward.ScratchLength;
            fixed (float* x = _x, w = _weight, a = _scale, b = _shift, residual = _residual, y = _y, memory = Scratch.OfThread(length))
            {
                float* weight = w, scale = a, shift = b, scratch = memory;
                ConvolutionPlan plan = PixelGroups.Arrange(shape, ref weight, ref scale, ref shift, ref scratch);
                nint distance = residual == null ? 0 : (nint)(residual - y);
                Sums<V, TActivation>(plan, null, x, weight, scale, shift, residual != null, distance, y, scratch, images, activation);
            }
        }
    }

    /// <summary><c>y = f(scale * sums + shift + residual)</c>; the residual lies <paramref name="distance"/> floats from y.</summary>
    [MethodImpl(Hot)]
    private static unsafe void Sums<V, TActivation>(
        ConvolutionPlan plan, TwoStepSums? steps, float* x, float* weight, float* scale, float* shift, bool hasResidual, nint distance, float* y, float* scratch, int images,
        TActivation activation)
        where V : struct, IVector16<V> where TActivation : struct, IActivation
    {
        if (TActivation.IsSimple)
        {
            if (scale != null)
            {
                if (hasResidual) Sum<V, ScaledResidualSum<TActivation>>(plan, steps, x, weight, null, y, scratch, images, new(scale, shift, distance, activation));
                else Sum<V, ScaledSum<TActivation>>(plan, steps, x, weight, null, y, scratch, images, new(scale, shift, activation));
            }
            else if (hasResidual)
            {
                Sum<V, ResidualSum<TActivation>>(plan, steps, x, weight, shift, y, scratch, images, new(distance, activation));
            }
            else
            {
                Sum<V, Activated<TActivation>>(plan, steps, x, weight, shift, y, scratch, images, new(activation));
            }
            return;
        }
        for (; images > 0; images--)
        {
            Sums<V, Identity>(plan, steps, x, weight, scale, shift, hasResidual, distance, y, scratch, 1, default);
            var result = new Span<float>(y, plan.ResultLength);
            new UnaryMap<Elementwise.Forward<TActivation>>(result, result, new(activation)).Run<V>();
            x += plan.SourceLength;
            y += plan.ResultLength;
        }
    }

    /// <summary>The sums of all images, in two steps where there are <paramref name="steps"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Sum<V, TEpilogue>(
        ConvolutionPlan plan, TwoStepSums? steps, float* source, float* weight, float* start, float* result, float* scratch, int images, TEpilogue epilogue)
        where V : struct, IVector16<V> where TEpilogue : struct, ITileEpilogue
    {
        if (steps != null) steps.Run<V, TEpilogue>(source, weight, start, result, scratch, images, epilogue);
        else if (plan.Winograd is { } winograd) winograd.Run<V, TEpilogue>(source, weight, start, result, scratch, images, epilogue);
        else Sweep.Run<V, TEpilogue>(plan, source, weight, start, result, scratch, images, epilogue);
    }
}
