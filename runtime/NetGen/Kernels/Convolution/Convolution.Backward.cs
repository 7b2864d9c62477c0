using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

public static partial class Convolution
{
    internal readonly unsafe ref struct TransposedKernel<TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Span<float> y,
        int images, ConvolutionShape shape, TActivation activation)
        : ISimdKernel where TActivation : struct, IActivation
    {
        private readonly ReadOnlySpan<float> _x = x, _weight = weight, _scale = scale, _shift = shift;
        private readonly Span<float> _y = y;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            ConvolutionPlan plan = shape.Backward;
            TwoStepSums? steps = shape.TwoStepBackward;
            int weights = AlignedLength(shape.WeightLength), length = weights + (steps == null ? plan.ScratchLength : steps.ScratchLength);
            fixed (float* x = _x, weight = _weight, scale = _scale, shift = _shift, y = _y, transposed = Scratch.OfThread(length))
            {
                TransposeWeight(steps?.Plan ?? plan, steps?.Rows ?? shape, weight, transposed);
                Sums<V, TActivation>(plan, steps, x, transposed, scale, shift, false, 0, y, transposed + weights, images, activation);
            }
        }
    }

    internal readonly unsafe ref struct InputGradientKernel<TActivation>(
        ReadOnlySpan<float> dy, ReadOnlySpan<float> weight, Span<float> dx, int images, ConvolutionShape shape, ReadOnlySpan<float> saved, TActivation activation)
        : ISimdKernel where TActivation : struct, IActivation
    {
        private readonly ReadOnlySpan<float> _dy = dy, _weight = weight, _saved = saved;
        private readonly Span<float> _dx = dx;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            ConvolutionPlan plan = shape.Backward;
            TwoStepSums? steps = shape.TwoStepBackward;
            int weights = AlignedLength(shape.WeightLength), length = weights + (steps == null ? plan.ScratchLength : steps.ScratchLength);
            fixed (float* dy = _dy, weight = _weight, dx = _dx, saved = _saved, transposed = Scratch.OfThread(length))
            {
                TransposeWeight(steps?.Plan ?? plan, steps?.Rows ?? shape, weight, transposed);
                float* scratch = transposed + weights;
                if (typeof(TActivation) == typeof(Identity))
                {
                    Sum<V, Activated<Identity>>(plan, steps, dy, transposed, null, dx, scratch, images, default);
                }
                else if (TActivation.IsSimple)
                {
                    Sum<V, Derived<TActivation>>(plan, steps, dy, transposed, null, dx, scratch, images, new((nint)(saved - dx), activation));
                }
                else
                {
                    for (int image = 0; image < images; image++)
                    {
                        nint start = (nint)image * plan.ResultLength;
                        Sum<V, Activated<Identity>>(plan, steps, dy + (nint)image * plan.SourceLength, transposed, null, dx + start, scratch, 1, default);
                        var gradient = new Span<float>(dx + start, plan.ResultLength);
                        new BinaryMap<Elementwise.Backward<TActivation>>(new(saved + start, plan.ResultLength), gradient, gradient, new(activation)).Run<V>();
                    }
                }
            }
        }
    }

    private static int AlignedLength(int length) => (length + 15) & ~15;

    /// <summary>The weight as the passes of the way back read it: their taps in order, of each the transpose of its matrix.</summary>
    [MethodImpl(Hot)]
    private static unsafe void TransposeWeight(ConvolutionPlan plan, ConvolutionShape shape, float* weight, float* transposed)
    {
        SlidingWindow window = shape.Window;
        int inputs = shape.GroupInputs, outputs = shape.GroupOutputs;
        for (int group = 0; group < shape.Groups; group++)
        {
            foreach (Pass pass in plan.Passes)
            {
                float* to = transposed + (nint)(group * plan.GroupWeightRows + pass.WeightRow) * inputs;
                for (int z = 0; z < pass.Depth.Taps; z++)
                {
                    for (int y = 0; y < pass.Height.Taps; y++)
                    {
                        for (int x = 0; x < pass.Width.Taps; x++)
                        {
                            int tap = (pass.Depth.TapAt(z) * window.Height.Kernel + pass.Height.TapAt(y)) * window.Width.Kernel + pass.Width.TapAt(x);
                            float* from = weight + (nint)(group * window.Taps + tap) * inputs * outputs;
                            Transpose.Copy(from, outputs, to, inputs, inputs, outputs);
                            to += (nint)inputs * outputs;
                        }
                    }
                }
            }
        }
    }
}
