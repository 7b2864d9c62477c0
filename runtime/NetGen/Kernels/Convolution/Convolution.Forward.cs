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
            ConvolutionPlan plan = shape.Forward;
            fixed (float* x = _x, weight = _weight, scale = _scale, shift = _shift, residual = _residual, y = _y, copy = Scratch.OfThread(plan.CopyLength))
            {
                nint distance = residual == null ? 0 : (nint)(residual - y);
                Sums<V, TActivation>(plan, x, weight, scale, shift, residual != null, distance, y, copy, images, activation);
            }
        }
    }

    /// <summary><c>y = f(scale * sums + shift + residual)</c>; the residual lies <paramref name="distance"/> floats from y.</summary>
    [MethodImpl(Hot)]
    private static unsafe void Sums<V, TActivation>(
        ConvolutionPlan plan, float* x, float* weight, float* scale, float* shift, bool hasResidual, nint distance, float* y, float* copy, int images,
        TActivation activation)
        where V : struct, IVector16<V> where TActivation : struct, IActivation
    {
        if (TActivation.IsSimple)
        {
            if (scale != null)
            {
                if (hasResidual) Sweep.Run<V, ScaledResidualSum<TActivation>>(plan, x, weight, null, y, copy, images, new(scale, shift, distance, activation));
                else Sweep.Run<V, ScaledSum<TActivation>>(plan, x, weight, null, y, copy, images, new(scale, shift, activation));
            }
            else if (hasResidual)
            {
                Sweep.Run<V, ResidualSum<TActivation>>(plan, x, weight, shift, y, copy, images, new(distance, activation));
            }
            else
            {
                Sweep.Run<V, Activated<TActivation>>(plan, x, weight, shift, y, copy, images, new(activation));
            }
            return;
        }
        for (; images > 0; images--)
        {
            Sums<V, Identity>(plan, x, weight, scale, shift, hasResidual, distance, y, copy, 1, default);
            var result = new Span<float>(y, plan.ResultLength);
            new UnaryMap<Elementwise.Forward<TActivation>>(result, result, new(activation)).Run<V>();
            x += plan.SourceLength;
            y += plan.ResultLength;
        }
    }
}
