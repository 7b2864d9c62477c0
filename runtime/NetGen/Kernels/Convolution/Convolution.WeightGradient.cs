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
            ConvolutionPlan plan = shape.Forward;
            if (plan.Passes.Length > 0 && NarrowOuterProducts.IsGain(shape))
            {
                var sums = new NarrowOuterProducts(shape, _part);
                fixed (float* x = _x, dy = _dy, dw = _dw.Values, scratch = Scratch.OfThread(sums.ScratchLength)) sums.Add<V>(x, dy, dw, images, scratch);
            }
            else if (plan.Passes.Length > 0)
            {
                var sums = new OuterProducts(plan, _part, Gemm.MostRows<V>(Gemm.MostVectors<V>()) >= 3);
                fixed (float* x = _x, dy = _dy, dw = _dw.Values, scratch = Scratch.OfThread(sums.ScratchLength)) sums.Add<V>(x, dy, dw, images, scratch);
            }
            _dw.Update(start, count);
        }
    }
}
