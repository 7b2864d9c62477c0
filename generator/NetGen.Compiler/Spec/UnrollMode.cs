namespace NetGen.Compiler.Spec;

/// <summary>Which layers of a network become straight-line code: the runtime's <c>Unroll</c>, member for member.</summary>
public enum UnrollMode
{
    /// <summary>Those that the cost model chooses.</summary>
    Auto,

    /// <summary>All that fit a method.</summary>
    Always,

    /// <summary>None.</summary>
    Never,
}
