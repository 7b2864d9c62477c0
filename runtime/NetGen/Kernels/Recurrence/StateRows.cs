namespace NetGen.CompilerServices;

/// <summary>The states of a block's samples, or their gradients: for each kind of state a matrix with a row of units for each sample.</summary>
/// <param name="memory">The first kind's matrix.</param>
/// <param name="kindStep">Floats from one matrix to the next.</param>
/// <param name="rowStep">Floats from row to row.</param>
/// <param name="kinds">Kinds of states.</param>
/// <param name="units">Floats in a row.</param>
internal readonly unsafe struct StateRows(float* memory, nint kindStep, nint rowStep, int kinds, int units)
{
    /// <summary>Row <paramref name="row"/> becomes that of a sample in <c>[B, kinds, units]</c>; null is all zeros.</summary>
    public void Read(int row, float* source, int sample)
    {
        for (int kind = 0; kind < kinds; kind++)
        {
            if (source == null) State(row, kind).Clear();
            else Of(source, sample, kind).CopyTo(State(row, kind));
        }
    }

    /// <summary>Writes row <paramref name="row"/> to that of a sample in <c>[B, kinds, units]</c>; null is nowhere.</summary>
    public void Write(int row, float* destination, int sample)
    {
        if (destination == null) return;
        for (int kind = 0; kind < kinds; kind++) State(row, kind).CopyTo(Of(destination, sample, kind));
    }

    /// <summary>Row <paramref name="to"/> becomes row <paramref name="from"/>.</summary>
    public void Move(int from, int to)
    {
        for (int kind = 0; kind < kinds; kind++) State(from, kind).CopyTo(State(to, kind));
    }

    private Span<float> State(int row, int kind) => new(memory + kind * kindStep + row * rowStep, units);

    private Span<float> Of(float* tensor, int sample, int kind) => new(tensor + ((nint)sample * kinds + kind) * units, units);
}
