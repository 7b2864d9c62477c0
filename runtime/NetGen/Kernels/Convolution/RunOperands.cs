namespace NetGen.CompilerServices;

/// <summary>Products that follow one another in memory, from <see cref="A"/> and <see cref="B"/> floats behind the operands' beginnings.</summary>
internal readonly record struct Run(nint A, nint B);

/// <summary>The operands of some tiles <c>c = f(start + sum over runs of a b)</c>.</summary>
internal unsafe struct RunOperands
{
    /// <summary>Element (r, k) of a run lies at <c>r * RowStep + k * InnerStep</c>.</summary>
    public float* A;

    /// <summary>Element (k, j) of a run lies at <c>k * BStep + j</c>.</summary>
    public float* B;

    /// <summary>Element (r, j) lies at <c>r * CStep + j</c>.</summary>
    public float* C;

    /// <summary>What every row's sums start from; null is zero.</summary>
    public float* Start;

    public nint RowStep, InnerStep, BStep, CStep;

    /// <summary>From a row of a to the third below it.</summary>
    public nint TripleStep;

    public Run* Runs;

    public int RunCount, RunLength;

    /// <summary>Number of tiles, one below the other.</summary>
    public int Tiles;

    /// <summary>Lanes of the last vector of a row, 1 to 16.</summary>
    public int Lanes;

    /// <summary>The last place in b from which a whole row of the tile may be read.</summary>
    public float* LastWhole;
}
