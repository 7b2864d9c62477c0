using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>
/// Versions of the contract between generated code and this library. Generated code names the one it needs, so a library that is too old is a build
/// error.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CodeVersion
{
    /// <summary>The contract of NetGen 0.1.</summary>
    public const int V1 = 1;
}
