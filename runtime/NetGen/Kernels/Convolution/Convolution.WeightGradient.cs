using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

public static partial class Convolution
{
    /// <summary>Rows of a weight that stay with one worker: tiles divide into them.</summary>
    internal static int RowUnit(ConvolutionShape shape) =>
        NarrowOuterProducts.IsGain(shape) ? shape.Window.Width.Kernel : shape.Forward.HasRowsOfThree ? 3 : 4;

    internal readonly unsafe ref struct WeightGradientKernel(
        ReadOnlySpan<float> x, ReadOnlySpan<float> dy, ParameterGradient dw, int images, ConvolutionShape shape, Part part) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x, _dy = dy;
        private readonly ParameterGradient _dw = dw;
        private readonly Part _part = part;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int start = _part.Start * shape.GroupOutputs, count = _part.Count * shape.GroupOutputs;
            _dw.Values.Slice(start, count).Clear();
            fixed (float* x = _x, dy = _dy, dw = _dw.Values) AddOuterProducts<V>(x, dy, dw, 1, images, shape, _part);
            _dw.Update(start, count);
        }
    }

    internal readonly unsafe ref struct EachWeightGradientKernel(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dw, int images, ConvolutionShape shape) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x, _dy = dy;
        private readonly Span<float> _dw = dw;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            _dw.Clear();
            fixed (float* x = _x, dy = _dy, dw = _dw) AddOuterProducts<V>(x, dy, dw, images, 1, shape, new(0, shape.Groups * shape.Window.Taps * shape.GroupInputs));
        }
    }

    /// <summary>Adds to a part of each of several weights the outer products of its images.</summary>
    [MethodImpl(Hot)]
    private static unsafe void AddOuterProducts<V>(float* x, float* dy, float* dw, int weights, int images, ConvolutionShape shape, Part part) where V : struct, IVector16<V>
    {
        ConvolutionPlan plan = shape.Forward;
        if (plan.Passes.Length == 0) return;
        bool isNarrow = NarrowOuterProducts.IsGain(shape);
        NarrowOuterProducts narrow = isNarrow ? new(shape, part) : default;
        OuterProducts sums = isNarrow ? default : new(plan, part, Gemm.MostRows<V>(Gemm.MostVectors<V>()) >= 3);
        fixed (float* scratch = Scratch.OfThread(isNarrow ? narrow.ScratchLength : sums.ScratchLength))
        {
            for (; weights > 0; weights--)
            {
                if (isNarrow) narrow.Add<V>(x, dy, dw, images, scratch);
                else sums.Add<V>(x, dy, dw, images, scratch);
                x += (nint)images * shape.InputLength;
                dy += (nint)images * shape.OutputLength;
                dw += shape.WeightLength;
            }
        }
    }
}
