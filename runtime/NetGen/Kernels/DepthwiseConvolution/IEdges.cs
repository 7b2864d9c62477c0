namespace NetGen.CompilerServices;

/// <summary>Which ends of a row a tile of results touches where a tap lies outside the image: constants to the JIT.</summary>
internal interface IEdges
{
    /// <summary>The first result has no first tap.</summary>
    static abstract bool Left { get; }

    /// <summary>The last result has no last tap.</summary>
    static abstract bool Right { get; }
}

/// <summary>All taps lie inside.</summary>
internal readonly struct NoEdge : IEdges
{
    public static bool Left => false;

    public static bool Right => false;
}

/// <summary>The first result's first tap lies outside.</summary>
internal readonly struct LeftEdge : IEdges
{
    public static bool Left => true;

    public static bool Right => false;
}

/// <summary>The last result's last tap lies outside.</summary>
internal readonly struct RightEdge : IEdges
{
    public static bool Left => false;

    public static bool Right => true;
}

/// <summary>Both lie outside: the tile is a whole row.</summary>
internal readonly struct BothEdges : IEdges
{
    public static bool Left => true;

    public static bool Right => true;
}
