using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

public static partial class Recurrence
{
    // Fewer rows in all are not worth a packed copy of the weight.
    private const int RowsWorthPacking = 32;

    internal readonly unsafe ref struct ForwardKernel<TCell>(
        ReadOnlySpan<float> projection, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, ReadOnlySpan<float> initial, ReadOnlySpan<int> lengths,
        Span<float> hidden, Span<float> gates, Span<float> saved, Span<float> previous, Span<float> final, int samples, int steps, int units, bool reverse)
        : ISimdKernel where TCell : struct, ICell
    {
        private readonly ReadOnlySpan<float> _projection = projection;
        private readonly ReadOnlySpan<float> _weight = weight;
        private readonly ReadOnlySpan<float> _bias = bias;
        private readonly ReadOnlySpan<float> _initial = initial;
        private readonly ReadOnlySpan<int> _lengths = lengths;
        private readonly Span<float> _hidden = hidden;
        private readonly Span<float> _gates = gates;
        private readonly Span<float> _saved = saved;
        private readonly Span<float> _previous = previous;
        private readonly Span<float> _final = final;

        // A block's states and products lie side by side in scratch memory: rows of [B, T, .] are often a power of two apart, and then fight for one set of the cache.
        public void Run<V>() where V : struct, IVector16<V>
        {
            int width = TCell.Gates * units;
            int size = SequenceBlock.Size<V>(samples);
            int stateStep = RowStep(units), productStep = RowStep(width);
            bool packs = samples > 1 && (long)samples * steps >= RowsWorthPacking;
            int statesLength = size * TCell.States * stateStep, productLength = size * productStep;
            int packedLength = packs ? PackedOperand<V>.Length(units, width) : 0;
            fixed (float* projection = _projection, weight = _weight, bias = _bias, initial = _initial)
            fixed (int* lengths = _lengths)
            fixed (float* hidden = _hidden, gates = _gates, saved = _saved, previous = _previous, final = _final)
            fixed (float* states = Scratch.OfThread(statesLength + productLength + packedLength))
            {
                var o = new ForwardOperands
                {
                    Projection = projection,
                    Hidden = hidden,
                    Gates = gates,
                    Saved = saved,
                    Previous = previous,
                    States = states,
                    SecondState = size * stateStep,
                    StateStep = stateStep,
                    Product = states + statesLength,
                    ProductStep = productStep,
                    Units = units,
                    Next = reverse ? -1 : 1,
                };
                var packed = new PackedOperand<V>(o.Product + productLength, units, width);
                if (packs) packed.Fill(weight);
                for (int first = 0; first < samples; first += size)
                {
                    var block = new SequenceBlock(lengths, first, Math.Min(size, samples - first), steps, reverse);
                    Block(ref block, ref o, packs, in packed, weight, bias, initial, final);
                    if (lengths == null) continue;
                    block.ClearPadding(hidden, units);
                    block.ClearPadding(previous, units);
                }
            }
        }

        private void Block<V>(
            ref SequenceBlock block, ref ForwardOperands o, bool packs, in PackedOperand<V> packed, float* weight, float* bias, float* initial, float* final)
            where V : struct, IVector16<V>
        {
            int width = TCell.Gates * units;
            nint* places = stackalloc nint[SequenceBlock.Most];
            o.Places = places;
            var states = new StateRows(o.States, o.SecondState, o.StateStep, TCell.States, units);
            for (int i = 0; i < block.Samples; i++)
            {
                int row = block.Add(i);
                states.Read(row, initial, block.Sample(row));
            }
            int longest = block.Longest;
            for (int step = 0; ; step++)
            {
                for (int r = block.Rows - 1; r >= 0; r--)
                {
                    if (!block.HasEnded(r, step)) continue;
                    states.Write(r, final, block.Sample(r));
                    states.Move(block.Remove(r), r);
                }
                if (step == longest) return;
                int rows = block.Rows;
                if (packs)
                {
                    packed.Multiply<Activated<Identity>>(new() { A = o.States, RowStep = o.StateStep, Start = bias, C = o.Product, CStep = o.ProductStep }, rows, default);
                }
                else
                {
                    for (int r = 0; r < rows; r++)
                    {
                        MatMul.OneRow<V, Identity>(o.States + r * o.StateStep, weight, bias, o.Product + r * o.ProductStep, units, width, default);
                    }
                }
                block.Locate(step, places);
                int whole = units / 16 * 16;
                if (whole > 0) Cells<V, Whole>(ref o, rows, 0, whole, 16);
                if (whole < units) Cells<V, Cut>(ref o, rows, whole, units, units - whole);
            }
        }

        /// <summary>One step of the cell for some units of all rows.</summary>
        [MethodImpl(Hot)]
        private static void Cells<V, TEnd>(ref ForwardOperands operands, int rows, int from, int to, int lanes)
            where V : struct, IVector16<V> where TEnd : struct, IRowEnd
        {
            ForwardOperands o = operands;
            nint units = o.Units;
            for (int r = 0; r < rows; r++)
            {
                nint place = o.Places[r] * units;
                float* projection = o.Projection + place * TCell.Gates, product = o.Product + r * o.ProductStep, state = o.States + r * o.StateStep;
                float* hidden = o.Hidden, previous = o.Previous, gates = o.Gates, saved = o.Saved + place * TCell.Saved;
                if (hidden != null) hidden += place;
                if (previous != null) previous += place;
                if (gates != null) gates += place * TCell.Gates;
                nint next = o.Next * units;
                for (nint j = from; j < to; j += 16)
                {
                    Prefetch(projection + (next * TCell.Gates) + j, units, TCell.Gates);
                    if (hidden != null) Prefetch(hidden + next + j);
                    if (previous != null) Prefetch(previous + next + j);
                    if (gates != null) Prefetch(saved + (next * TCell.Saved) + j, units, TCell.Saved);
                    V h = TEnd.Load<V>(state + j, lanes);
                    if (previous != null) TEnd.Store(h, previous + j, lanes);
                    h = TCell.Forward<V, TEnd>(projection + j, product + j, units, h, state + o.SecondState + j, gates == null ? null : gates + j, saved + j, lanes);
                    TEnd.Store(h, state + j, lanes);
                    if (hidden != null) TEnd.Store(h, hidden + j, lanes);
                }
            }
        }
    }

    /// <summary>
    /// Fetches into the second level of cache what the next step touches of a sample: the hardware does not see that far, because it sees a row for each sample. A few lines at a time:
    /// with many under way the processor waits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Prefetch(float* place, nint step = 0, int count = 1)
    {
        if (!Sse.IsSupported) return;
        for (; count > 0; count--)
        {
            Sse.Prefetch1(place);
            place += step;
        }
    }

    /// <summary>From row to row in scratch memory: whole vectors, one of them to spare, so that distances are no power of two.</summary>
    private static int RowStep(int columns) => (columns + 15) / 16 * 16 + 16;

    /// <summary>What a step of the cell reads and writes for the rows of a block; null is absent.</summary>
    private unsafe struct ForwardOperands
    {
        /// <summary>Tensors <c>[B, T, .]</c>.</summary>
        public float* Projection, Hidden, Gates, Saved, Previous;

        /// <summary>Where in <c>[B, T]</c> the step of each row lies.</summary>
        public nint* Places;

        /// <summary>The rows' states, those of one kind together, and their products with the weight.</summary>
        public float* States, Product;

        public nint SecondState, StateStep, ProductStep, Units;

        /// <summary>From a step to the one that is computed after it.</summary>
        public nint Next;
    }
}
