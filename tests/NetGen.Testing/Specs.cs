using NetGen.Compiler.Spec;

namespace NetGen.Testing;

/// <summary>Specifications from the text that users write.</summary>
public static class Specs
{
    /// <summary>The specification of one network.</summary>
    /// <param name="attributes">Its elements, such as <c>[Input(2), Dense(1)]</c>.</param>
    /// <param name="blocks">Declarations of the blocks that it uses.</param>
    public static NetworkSpec Of(string attributes, string blocks = "") =>
        GeneratorHarness.Run($"using NetGen;\n[Network]\n{attributes}\npublic sealed partial class Network;\n{blocks}").Specs.Single();
}
