using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

public static unsafe partial class DepthwiseConvolution
{
    internal readonly ref struct InputGradientKernel<TActivation>(
        ReadOnlySpan<float> dy, ReadOnlySpan<float> weight, Span<float> dx, int images, ConvolutionShape shape, ReadOnlySpan<float> saved, TActivation activation)
        : ISimdKernel where TActivation : struct, IActivation
    {
        private readonly ReadOnlySpan<float> _dy = dy;
        private readonly ReadOnlySpan<float> _weight = weight;
        private readonly Span<float> _dx = dx;
        private readonly ReadOnlySpan<float> _saved = saved;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            if (TActivation.IsSimple && shape.GroupOutputs == 1)
            {
                Convolve<V, TActivation>(activation);
                return;
            }
            Convolve<V, Identity>(default);
            if (typeof(TActivation) != typeof(Identity)) new BinaryMap<Elementwise.Backward<TActivation>>(_saved, _dx, _dx, new(activation)).Run<V>();
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Convolve<V, TSimple>(TSimple simple) where V : struct, IVector16<V> where TSimple : struct, IActivation
        {
            int multiplier = shape.GroupOutputs;
            Gather gather = Gather.Backwards(shape.Window, shape.Outputs);
            fixed (float* dy = _dy, weight = _weight, dx = _dx, saved = _saved)
            fixed (float* scratch = Scratch.OfThread(gather.ScratchSize + (multiplier > 1 ? (int)gather.ResultSize : 0)))
            {
                nint inputSize = gather.ResultSize / multiplier;
                float* spread = scratch + gather.ScratchSize, end = dy + _dy.Length, savedEnd = saved + _saved.Length;
                for (int image = 0; image < images; image++)
                {
                    float* source = dy + image * gather.SourceSize, result = dx + image * inputSize;
                    float* extra = typeof(TSimple) == typeof(Identity) ? null : saved + image * inputSize;
                    gather.Image<V, Differentiated<TSimple>>(source, end, weight, null, null, extra, savedEnd, multiplier > 1 ? spread : result, scratch, new(simple));
                    if (multiplier > 1) Multiplier.Sum(spread, result, inputSize, multiplier);
                }
            }
        }
    }
}
