namespace NetGen.Compiler.Lowering;

/// <summary>What layers are called that have no name of their own.</summary>
public static class DefaultNames
{
    /// <summary>What the number of a kind's layers stands behind: <c>dense</c> of <c>dense2</c>, <c>res</c> of <c>res1</c>.</summary>
    public static string PrefixOf(string kind) => kind == "Residual" ? "res" : kind.ToLowerInvariant();
}
