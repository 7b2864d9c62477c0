using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

public static unsafe partial class DepthwiseConvolution
{
    internal readonly ref struct ForwardKernel<TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, ReadOnlySpan<float> residual, Span<float> y,
        int images, ConvolutionShape shape, TActivation activation)
        : ISimdKernel where TActivation : struct, IActivation
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly ReadOnlySpan<float> _weight = weight;
        private readonly ReadOnlySpan<float> _scale = scale;
        private readonly ReadOnlySpan<float> _shift = shift;
        private readonly ReadOnlySpan<float> _residual = residual;
        private readonly Span<float> _y = y;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            if (TActivation.IsSimple)
            {
                Convolve<V, TActivation>(activation);
                return;
            }
            Convolve<V, Identity>(default);
            new UnaryMap<Elementwise.Forward<TActivation>>(_y, _y, new(activation)).Run<V>();
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Convolve<V, TSimple>(TSimple simple) where V : struct, IVector16<V> where TSimple : struct, IActivation
        {
            int multiplier = shape.GroupOutputs;
            Gather gather = Gather.Forwards(shape.Window, shape.Outputs);
            fixed (float* x = _x, weight = _weight, scale = _scale, shift = _shift, residual = _residual, y = _y)
            fixed (float* scratch = Scratch.OfThread(gather.ScratchSize + (multiplier > 1 ? (int)gather.SourceSize : 0)))
            {
                nint inputSize = gather.SourceSize / multiplier;
                float* spread = scratch + gather.ScratchSize, sourceEnd = multiplier > 1 ? spread + gather.SourceSize : x + _x.Length, extraEnd = residual + _residual.Length;
                for (int image = 0; image < images; image++)
                {
                    float* source = x + image * inputSize;
                    if (multiplier > 1)
                    {
                        Multiplier.Spread(source, spread, inputSize, multiplier);
                        source = spread;
                    }
                    nint result = image * gather.ResultSize;
                    if (scale == null && residual == null)
                    {
                        gather.Image<V, ShiftedGather<TSimple>>(source, sourceEnd, weight, null, shift, null, null, y + result, scratch, new(simple));
                        continue;
                    }
                    if (residual == null) gather.Image<V, ScaledGather<TSimple>>(source, sourceEnd, weight, scale, shift, null, null, y + result, scratch, new(simple));
                    else gather.Image<V, ScaledResidualGather<TSimple>>(source, sourceEnd, weight, scale, shift, residual + result, extraEnd, y + result, scratch, new(simple));
                }
            }
        }
    }
}
