using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

public static partial class Recurrence
{
    internal readonly unsafe ref struct BackwardKernel<TCell>(
        ReadOnlySpan<float> dHidden, ReadOnlySpan<float> dFinal, ReadOnlySpan<float> hidden, ReadOnlySpan<float> gates, ReadOnlySpan<float> saved,
        ReadOnlySpan<float> previous, ReadOnlySpan<int> lengths, ReadOnlySpan<float> weight, Span<float> dProjection, Span<float> dProduct, Span<float> dInitial,
        int samples, int steps, int units, bool reverse)
        : ISimdKernel where TCell : struct, ICell
    {
        private readonly ReadOnlySpan<float> _dHidden = dHidden;
        private readonly ReadOnlySpan<float> _dFinal = dFinal;
        private readonly ReadOnlySpan<float> _hidden = hidden;
        private readonly ReadOnlySpan<float> _gates = gates;
        private readonly ReadOnlySpan<float> _saved = saved;
        private readonly ReadOnlySpan<float> _previous = previous;
        private readonly ReadOnlySpan<int> _lengths = lengths;
        private readonly ReadOnlySpan<float> _weight = weight;
        private readonly Span<float> _dProjection = dProjection;
        private readonly Span<float> _dProduct = dProduct;
        private readonly Span<float> _dInitial = dInitial;

        public void Run<V>() where V : struct, IVector16<V>
        {
            int width = TCell.Gates * units;
            int size = SequenceBlock.Size<V>(samples);
            int stateStep = RowStep(units), productStep = RowStep(width);
            int statesLength = size * TCell.States * stateStep, productLength = size * productStep;
            fixed (float* dHidden = _dHidden, dFinal = _dFinal, hidden = _hidden, gates = _gates, saved = _saved, previous = _previous)
            fixed (int* lengths = _lengths)
            fixed (float* weight = _weight, dProjection = _dProjection, dProduct = _dProduct, dInitial = _dInitial)
            fixed (float* states = Scratch.OfThread(statesLength + productLength + PackedOperand<V>.Length(width, units)))
            {
                var o = new BackwardOperands
                {
                    DHidden = dHidden,
                    Hidden = hidden,
                    Gates = gates,
                    Saved = saved,
                    Previous = previous,
                    DProjection = dProjection,
                    DProduct = dProduct,
                    DStates = states,
                    SecondState = size * stateStep,
                    StateStep = stateStep,
                    RowsOfDProduct = states + statesLength,
                    ProductStep = productStep,
                    Units = units,
                    Next = reverse ? 1 : -1,
                };
                var transposed = new PackedOperand<V>(o.RowsOfDProduct + productLength, width, units);
                if (samples > 0) transposed.FillTransposed(weight);
                for (int first = 0; first < samples; first += size)
                {
                    var block = new SequenceBlock(lengths, first, Math.Min(size, samples - first), steps, reverse);
                    Block(ref block, ref o, in transposed, dFinal, dInitial);
                    if (lengths == null) continue;
                    block.ClearPadding(dProjection, width);
                    block.ClearPadding(dProduct, width);
                }
            }
        }

        private void Block<V>(ref SequenceBlock block, ref BackwardOperands o, in PackedOperand<V> transposed, float* dFinal, float* dInitial)
            where V : struct, IVector16<V>
        {
            nint* places = stackalloc nint[SequenceBlock.Most];
            o.Places = places;
            var states = new StateRows(o.DStates, o.SecondState, o.StateStep, TCell.States, units);
            for (int step = block.Longest; ; step--)
            {
                // A sample comes in when as many steps are left as it has.
                for (int i = 0; i < block.Samples; i++)
                {
                    if (block.LengthOf(i) != step) continue;
                    int row = block.Add(i);
                    states.Read(row, dFinal, block.Sample(row));
                }
                if (step == 0) break;
                int rows = block.Rows;
                block.Locate(step - 1, places);
                int whole = units / 16 * 16;
                if (whole > 0) Cells<V, Whole>(ref o, rows, 0, whole, 16);
                if (whole < units) Cells<V, Cut>(ref o, rows, whole, units, units - whole);
                if (step == 1 && dInitial == null) return;
                var product = new TileOperands { A = o.RowsOfDProduct, RowStep = o.ProductStep, C = o.DStates, CStep = o.StateStep };
                if (TCell.PassesHidden)
                {
                    product.Start = o.DStates;
                    product.StartStep = o.StateStep;
                }
                transposed.Multiply<Activated<Identity>>(product, rows, default);
            }
            for (int r = 0; r < block.Rows; r++) states.Write(r, dInitial, block.Sample(r));
        }

        /// <summary>One step back of the cell for some units of all rows.</summary>
        [MethodImpl(Hot)]
        private static void Cells<V, TEnd>(ref BackwardOperands operands, int rows, int from, int to, int lanes)
            where V : struct, IVector16<V> where TEnd : struct, IRowEnd
        {
            BackwardOperands o = operands;
            nint units = o.Units;
            for (int r = 0; r < rows; r++)
            {
                nint place = o.Places[r] * units;
                float* dHidden = o.DHidden, hidden = o.Hidden + place, previous = o.Previous + place;
                float* gates = o.Gates + place * TCell.Gates, saved = o.Saved + place * TCell.Saved;
                if (dHidden != null) dHidden += place;
                float* dProjection = o.DProjection + place * TCell.Gates, rowOfDProduct = o.RowsOfDProduct + r * o.ProductStep, dState = o.DStates + r * o.StateStep;
                float* dProduct = o.DProduct;
                if (dProduct != null) dProduct += place * TCell.Gates;
                nint next = o.Next * units;
                for (nint j = from; j < to; j += 16)
                {
                    if (TCell.KeepsGates) Prefetch(gates + (next * TCell.Gates) + j, units, TCell.Gates);
                    Prefetch(saved + (next * TCell.Saved) + j, units, TCell.Saved);
                    if (TCell.PassesHidden) Prefetch(previous + next + j);
                    if (dHidden != null) Prefetch(dHidden + next + j);
                    if (dProduct != null) Prefetch(dProduct + (next * TCell.Gates) + j, units, TCell.Gates);
                    V dh = TEnd.Load<V>(dState + j, lanes);
                    if (dHidden != null) dh += TEnd.Load<V>(dHidden + j, lanes);
                    dh = TCell.Backward<V, TEnd>(
                        dh, hidden + j, previous + j, gates + j, saved + j, dState + o.SecondState + j, dProjection + j, rowOfDProduct + j, units, lanes);
                    if (TCell.PassesHidden) TEnd.Store(dh, dState + j, lanes);
                    if (dProduct == null) continue;
                    for (nint gate = 0; gate < TCell.Gates * units; gate += units) TEnd.Store(TEnd.Load<V>(rowOfDProduct + gate + j, lanes), dProduct + gate + j, lanes);
                }
            }
        }
    }

    /// <summary>What a step back of the cell reads and writes for the rows of a block; null is absent.</summary>
    private unsafe struct BackwardOperands
    {
        /// <summary>Tensors <c>[B, T, .]</c>.</summary>
        public float* DHidden, Hidden, Gates, Saved, Previous, DProjection, DProduct;

        /// <summary>Where in <c>[B, T]</c> the step of each row lies.</summary>
        public nint* Places;

        /// <summary>The gradients of the rows' states, those of one kind together, and of their products with the weight.</summary>
        public float* DStates, RowsOfDProduct;

        public nint SecondState, StateStep, ProductStep, Units;

        /// <summary>From a step to the one that is computed after it.</summary>
        public nint Next;
    }
}
