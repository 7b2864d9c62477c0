using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>Recurrent layers over sequences <c>[B, T, .]</c>: all that depends on the step before. The other products are <see cref="MatMul"/>'s, over all steps at once.</summary>
/// <remarks>
/// Of <c>units</c> H, with G gates, S states and V saved values of each (<see cref="ICell"/>). A row of gates is <c>[G, H]</c>, one of states <c>[S, H]</c>, h first.
/// A sample has the same bits alone and in a batch: every element of a product is one chain of additions.
/// <para>
/// With lengths, a sample's steps from its length on are padding: its state stays as it is, as with PyTorch's packed sequences, and rows of padding become 0 (those of
/// saved values stay what they were). Backwards in time, a sample begins at its last step that is not padding.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Recurrence
{
    private const MethodImplOptions Hot = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>Runs the cell over all steps.</summary>
    /// <param name="projection"><c>[B, T, G H]</c>: <c>x W_ih + b_ih</c>.</param>
    /// <param name="weight"><c>[H, G H]</c>: W_hh.</param>
    /// <param name="bias"><c>[G H]</c>: b_hh; empty for none.</param>
    /// <param name="initial"><c>[B, S H]</c>: the states before the first step; empty for 0.</param>
    /// <param name="lengths"><c>[B]</c>: steps of each sample, whole numbers from 0 to T; empty when all have T.</param>
    /// <param name="hidden"><c>[B, T, H]</c>: h after each step; may be empty.</param>
    /// <param name="gates"><c>[B, T, G H]</c>: the gates after their activation, for <see cref="Backward"/>. May be the memory of projection; empty when there is no
    /// backward, or the cell does not keep them.</param>
    /// <param name="saved"><c>[B, T, V H]</c>: what else <see cref="Backward"/> needs; empty when gates is.</param>
    /// <param name="previous"><c>[B, T, H]</c>: h before each step, of which the gradient of the weight is made; may be empty.</param>
    /// <param name="final"><c>[B, S H]</c>: the states after each sample's last step; may be empty.</param>
    /// <param name="samples">B.</param>
    /// <param name="steps">T.</param>
    /// <param name="units">H.</param>
    /// <param name="reverse">Whether time runs backwards. Step t of every tensor still belongs to step t of the sequence.</param>
    /// <param name="cell">Chooses the cell.</param>
    [MethodImpl(Hot)]
    public static void Forward<TCell>(
        ReadOnlySpan<float> projection, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, ReadOnlySpan<float> initial, ReadOnlySpan<int> lengths,
        Span<float> hidden, Span<float> gates, Span<float> saved, Span<float> previous, Span<float> final,
        int samples, int steps, int units, bool reverse, TCell cell)
        where TCell : struct, ICell
    {
        int rows = samples * steps;
        Debug.Assert(projection.Length == rows * TCell.Gates * units && weight.Length == units * TCell.Gates * units);
        Debug.Assert(IsOrEmpty(bias, TCell.Gates * units) && IsOrEmpty(initial, samples * TCell.States * units) && IsOrEmpty(lengths, samples));
        Debug.Assert(IsOrEmpty(hidden, rows * units) && IsOrEmpty(previous, rows * units));
        Debug.Assert(gates.Length == (TCell.KeepsGates ? projection.Length : 0) || gates.IsEmpty);
        Debug.Assert(saved.Length == (gates.IsEmpty ? 0 : rows * TCell.Saved * units));
        Debug.Assert(IsOrEmpty(final, samples * TCell.States * units));
        Simd.Run(new ForwardKernel<TCell>(projection, weight, bias, initial, lengths, hidden, gates, saved, previous, final, samples, steps, units, reverse));
    }

    /// <summary>The gradients of a <see cref="Forward{TCell}"/>, from the last step to the first.</summary>
    /// <remarks>The gradient of W_hh is then <c>previous^T dProduct</c>, and that of b_hh the sum of dProduct's rows.</remarks>
    /// <param name="dHidden"><c>[B, T, H]</c>: the gradient of hidden; empty for 0. Rows of padding are not read.</param>
    /// <param name="dFinal"><c>[B, S H]</c>: the gradient of final; empty for 0.</param>
    /// <param name="hidden"><c>[B, T, H]</c>: of <see cref="Forward"/>; may be empty for cells that keep their gates.</param>
    /// <param name="gates"><c>[B, T, G H]</c>: of <see cref="Forward"/>; empty for cells that do not keep them.</param>
    /// <param name="saved"><c>[B, T, V H]</c>: of <see cref="Forward"/>.</param>
    /// <param name="previous"><c>[B, T, H]</c>: of <see cref="Forward"/>; may be empty unless the cell is the <see cref="GruCell"/>.</param>
    /// <param name="lengths">As in <see cref="Forward"/>.</param>
    /// <param name="weight"><c>[H, G H]</c>: W_hh.</param>
    /// <param name="dProjection"><c>[B, T, G H]</c>: the gradient of <c>x W_ih + b_ih</c>. May be the memory of gates.</param>
    /// <param name="dProduct"><c>[B, T, G H]</c>: the gradient of <c>h W_hh + b_hh</c>; may be empty. It is dProjection again unless the cell is the <see cref="GruCell"/>.</param>
    /// <param name="dInitial"><c>[B, S H]</c>: the gradient of initial; may be empty.</param>
    /// <param name="samples">B.</param>
    /// <param name="steps">T.</param>
    /// <param name="units">H.</param>
    /// <param name="reverse">As in <see cref="Forward"/>.</param>
    /// <param name="cell">Chooses the cell.</param>
    [MethodImpl(Hot)]
    public static void Backward<TCell>(
        ReadOnlySpan<float> dHidden, ReadOnlySpan<float> dFinal, ReadOnlySpan<float> hidden, ReadOnlySpan<float> gates, ReadOnlySpan<float> saved,
        ReadOnlySpan<float> previous, ReadOnlySpan<int> lengths, ReadOnlySpan<float> weight, Span<float> dProjection, Span<float> dProduct, Span<float> dInitial,
        int samples, int steps, int units, bool reverse, TCell cell)
        where TCell : struct, ICell
    {
        int rows = samples * steps;
        Debug.Assert(IsOrEmpty(dHidden, rows * units) && IsOrEmpty(dFinal, samples * TCell.States * units) && IsOrEmpty(dInitial, samples * TCell.States * units));
        Debug.Assert(gates.Length == (TCell.KeepsGates ? dProjection.Length : 0) && saved.Length == rows * TCell.Saved * units);
        Debug.Assert(hidden.Length == rows * units || (hidden.IsEmpty && TCell.KeepsGates));
        Debug.Assert(previous.Length == rows * units || (previous.IsEmpty && !TCell.PassesHidden));
        Debug.Assert(IsOrEmpty(lengths, samples) && weight.Length == units * TCell.Gates * units);
        Debug.Assert(dProjection.Length == rows * TCell.Gates * units && IsOrEmpty(dProduct, dProjection.Length));
        Simd.Run(new BackwardKernel<TCell>(
            dHidden, dFinal, hidden, gates, saved, previous, lengths, weight, dProjection, dProduct, dInitial, samples, steps, units, reverse));
    }

    /// <summary>One step of one sample, for streams: the bits of <see cref="Forward"/>. It does the same work whatever the numbers are, and locks nothing.</summary>
    /// <param name="projection"><c>[G H]</c>: <c>x W_ih + b_ih</c>.</param>
    /// <param name="weight"><c>[H, G H]</c>: W_hh.</param>
    /// <param name="bias"><c>[G H]</c>: b_hh; empty for none.</param>
    /// <param name="state"><c>[S H]</c>: the states before the step, which become those after it.</param>
    /// <param name="hidden"><c>[H]</c>: h after the step.</param>
    /// <param name="units">H.</param>
    /// <param name="cell">Chooses the cell.</param>
    [MethodImpl(Hot)]
    public static void Step<TCell>(
        ReadOnlySpan<float> projection, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> state, Span<float> hidden, int units, TCell cell)
        where TCell : struct, ICell
    {
        Debug.Assert(projection.Length == TCell.Gates * units && weight.Length == units * TCell.Gates * units && IsOrEmpty(bias, TCell.Gates * units));
        Debug.Assert(state.Length == TCell.States * units && hidden.Length == units);
        Simd.Run(new StepKernel<TCell>(projection, weight, bias, state, hidden, units));
    }

    private static bool IsOrEmpty<T>(ReadOnlySpan<T> span, int length) => span.IsEmpty || span.Length == length;
}
