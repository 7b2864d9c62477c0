namespace NetGen.CompilerServices;

/// <summary>Columns of a product, in vectors, divided into as few strips as their greatest width allows, which differ by one vector at most.</summary>
internal readonly struct Strips
{
    /// <summary>Floats between the packed copies of two strips, so that their rows do not all fall into one set of the cache.</summary>
    public const int Gap = 16;

    private readonly int _width;
    private readonly int _wider;

    public Strips(int vectors, int mostVectors)
    {
        Total = vectors;
        Count = (vectors + mostVectors - 1) / mostVectors;
        if (Count == 0) return;
        _width = vectors / Count;
        _wider = vectors % Count;
    }

    public int Count { get; }

    /// <summary>The vectors of all strips.</summary>
    public int Total { get; }

    /// <summary>The width of a strip; the first ones are the wider.</summary>
    public int Vectors(int strip) => strip < _wider ? _width + 1 : _width;
}
