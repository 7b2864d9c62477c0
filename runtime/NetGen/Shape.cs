using System.Diagnostics.CodeAnalysis;

namespace NetGen;

/// <summary>The extents of a tensor, outermost first, such as <c>1x28x28</c> (channels, height, width).</summary>
public readonly struct Shape : IEquatable<Shape>
{
    private readonly int[]? _extents;

    /// <summary>Creates a shape from its extents; none gives the shape of a scalar.</summary>
    /// <param name="extents">Each at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An extent is below 1.</exception>
    public Shape(params ReadOnlySpan<int> extents)
    {
        foreach (int extent in extents)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(extent, 1, nameof(extents));
        }
        _extents = extents.ToArray();
    }

    /// <summary>Number of axes; 0 for a scalar.</summary>
    public int Rank => Extents.Length;

    /// <summary>Number of elements: the product of the extents, 1 for a scalar.</summary>
    public int Count
    {
        get
        {
            int count = 1;
            foreach (int extent in Extents)
            {
                count = checked(count * extent);
            }
            return count;
        }
    }

    /// <summary>The extents, outermost first.</summary>
    public ReadOnlySpan<int> Extents => _extents;

    /// <summary>The extent of one axis, 0 being the outermost.</summary>
    public int this[int axis] => Extents[axis];

    /// <inheritdoc/>
    public bool Equals(Shape other) => Extents.SequenceEqual(other.Extents);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (int extent in Extents)
        {
            hash.Add(extent);
        }
        return hash.ToHashCode();
    }

    /// <summary>The extents joined by <c>x</c>, as in <c>1x28x28</c>; <c>scalar</c> for rank 0.</summary>
    public override string ToString() => Rank == 0 ? "scalar" : string.Join('x', _extents!);

    /// <summary>Whether both shapes have the same extents.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Whether the shapes differ.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);
}
