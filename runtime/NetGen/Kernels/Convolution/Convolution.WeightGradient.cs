using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

public static partial class Convolution
{
    /// <summary>Rows of a weight that stay with one worker: tiles divide into them.</summary>
    internal static int RowUnit(ConvolutionShape shape) =>
        shape.IsWinograd ? WinogradOuterProducts.Unit : NarrowOuterProducts.IsGain(shape) ? shape.Window.Width.Kernel : shape.Forward.HasRowsOfThree ? 3 : 4;

    /// <summary>Rows of a weight that workers divide: all of them, or by minimal filtering those of one tap, with which the others go.</summary>
    internal static int PartRowsOf(ConvolutionShape shape) => shape.IsWinograd ? shape.Inputs : RowsOf(shape);

    private static int RowsOf(ConvolutionShape shape) => shape.Groups * shape.Window.Taps * shape.GroupInputs;

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
            // What a worker computes lies in one piece, or in one for each tap.
            int pieces = RowsOf(shape) / PartRowsOf(shape), piece = shape.WeightLength / pieces;
            for (int i = 0; i < pieces; i++) _dw.Values.Slice((i * piece) + start, count).Clear();
            fixed (float* x = _x, dy = _dy, dw = _dw.Values) AddOuterProducts<V>(x, dy, dw, 1, images, shape, _part);
            for (int i = 0; i < pieces; i++) _dw.Update((i * piece) + start, count);
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
            fixed (float* x = _x, dy = _dy, dw = _dw) AddOuterProducts<V>(x, dy, dw, images, 1, shape, new(0, PartRowsOf(shape)));
        }
    }

    /// <summary>Adds to a part of each of several weights the outer products of its images.</summary>
    [MethodImpl(Hot)]
    private static unsafe void AddOuterProducts<V>(float* x, float* dy, float* dw, int weights, int images, ConvolutionShape shape, Part part) where V : struct, IVector16<V>
    {
        ConvolutionPlan plan = shape.Forward;
        if (plan.Passes.Length == 0) return;
        bool isWinograd = shape.IsWinograd, isNarrow = NarrowOuterProducts.IsGain(shape);
        WinogradOuterProducts winograd = isWinograd ? new(plan, part) : default;
        NarrowOuterProducts narrow = isNarrow ? new(shape, part) : default;
        OuterProducts sums = isWinograd || isNarrow ? default : new(plan, part, Gemm.MostRows<V>(Gemm.MostVectors<V>()) >= 3);
        fixed (float* scratch = Scratch.OfThread(isWinograd ? winograd.ScratchLength : isNarrow ? narrow.ScratchLength : sums.ScratchLength))
        {
            for (; weights > 0; weights--)
            {
                if (isWinograd) winograd.Add<V>(x, dy, dw, images, scratch);
                else if (isNarrow) narrow.Add<V>(x, dy, dw, images, scratch);
                else sums.Add<V>(x, dy, dw, images, scratch);
                x += (nint)images * shape.InputLength;
                dy += (nint)images * shape.OutputLength;
                dw += shape.WeightLength;
            }
        }
    }
}
