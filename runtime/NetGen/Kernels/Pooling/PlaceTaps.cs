namespace NetGen.CompilerServices;

/// <summary>What a window at one place covers of the image: the taps that lie inside, a box of pixels at equal distances.</summary>
/// <param name="First">The first pixel.</param>
/// <param name="Planes">Taps along the depth.</param>
/// <param name="Rows">Taps along the height.</param>
/// <param name="Columns">Taps along the width.</param>
/// <param name="PlaneStep">Pixels from one plane of taps to the next.</param>
/// <param name="RowStep">Pixels from one row of taps to the next.</param>
/// <param name="ColumnStep">Pixels from one tap to the next.</param>
internal readonly record struct PlaceTaps(int First, int Planes, int Rows, int Columns, int PlaneStep, int RowStep, int ColumnStep)
{
    /// <summary>Number of taps.</summary>
    public int Count => Planes * Rows * Columns;
}
