namespace NetGen.CompilerServices;

/// <summary>The operands of <c>c = f(start + a b)</c> for some tiles of c.</summary>
internal unsafe struct TileOperands
{
    /// <summary>Element (r, k) lies at <c>r * RowStep + k * InnerStep</c>: a may be transposed.</summary>
    public float* A;

    /// <summary>Element (k, j) lies at <c>k * BStep + j</c>.</summary>
    public float* B;

    /// <summary>Element (r, j) lies at <c>r * CStep + j</c>.</summary>
    public float* C;

    /// <summary>What the sums start from, rows at a distance of <see cref="StartStep"/>: a bias (0), or c itself to continue a sum; null is zero.</summary>
    public float* Start;

    public nint RowStep, InnerStep, BStep, CStep, StartStep;

    /// <summary>From the first row of a tile in a to that of the next; of no meaning for one tile.</summary>
    public nint TileStep;

    /// <summary>The first rows of a in panels as high as the widest tile, the elements of a column side by side; null when not packed.</summary>
    public float* PackedA;

    /// <summary>b in strips, each row of a strip followed by its next; null when not packed.</summary>
    public float* PackedB;

    /// <summary>What is needed of a and b after these tiles.</summary>
    public Ahead AheadOfA, AheadOfB;

    /// <summary>Number of products in a sum.</summary>
    public int Inner;

    /// <summary>Number of tiles, one below the other.</summary>
    public int Tiles;

    /// <summary>Lanes of the last vector of a row, 1 to 16.</summary>
    public int Lanes;

    /// <summary>How many rows of b may be read as whole vectors: what lies beyond the last column is then the next row, which costs nothing.</summary>
    public int Whole;
}
