using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

public static partial class Recurrence
{
    internal readonly unsafe ref struct StepKernel<TCell>(
        ReadOnlySpan<float> projection, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> state, Span<float> hidden, int units)
        : ISimdKernel where TCell : struct, ICell
    {
        private readonly ReadOnlySpan<float> _projection = projection;
        private readonly ReadOnlySpan<float> _weight = weight;
        private readonly ReadOnlySpan<float> _bias = bias;
        private readonly Span<float> _state = state;
        private readonly Span<float> _hidden = hidden;

        public void Run<V>() where V : struct, IVector16<V>
        {
            int gates = TCell.Gates * units;
            fixed (float* projection = _projection, weight = _weight, bias = _bias, state = _state, hidden = _hidden, product = Scratch.OfThread(gates))
            {
                MatMul.OneRow<V, Identity>(state, weight, bias, product, units, gates, default);
                int whole = units / 16 * 16;
                if (whole > 0) Cells<V, Whole>(projection, product, state, hidden, units, 0, whole, 16);
                if (whole < units) Cells<V, Cut>(projection, product, state, hidden, units, whole, units, units - whole);
            }
        }

        [MethodImpl(Hot)]
        private static void Cells<V, TEnd>(float* projection, float* product, float* state, float* hidden, nint units, nint from, nint to, int lanes)
            where V : struct, IVector16<V> where TEnd : struct, IRowEnd
        {
            for (nint j = from; j < to; j += 16)
            {
                V h = TEnd.Load<V>(state + j, lanes);
                h = TCell.Forward<V, TEnd>(projection + j, product + j, units, h, state + units + j, null, null, lanes);
                TEnd.Store(h, state + j, lanes);
                TEnd.Store(h, hidden + j, lanes);
            }
        }
    }
}
