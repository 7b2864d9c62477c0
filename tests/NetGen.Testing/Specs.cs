using System.Collections.Concurrent;
using NetGen.Compiler.Spec;

namespace NetGen.Testing;

/// <summary>Specifications from the text that users write.</summary>
public static class Specs
{
    private static readonly ConcurrentDictionary<(string Attributes, string Blocks), NetworkSpec> Read = [];

    /// <summary>The specification of one network. Each is read once, because the generator does not read without compiling what it read.</summary>
    /// <param name="attributes">Its elements, such as <c>[Input(2), Dense(1)]</c>.</param>
    /// <param name="blocks">Declarations of the blocks that it uses.</param>
    public static NetworkSpec Of(string attributes, string blocks = "") => Read.GetOrAdd((attributes, blocks), static read =>
        GeneratorHarness.Run($"using NetGen;\n[Network]\n{read.Attributes}\npublic sealed partial class Network;\n{read.Blocks}").Specs.Single());
}
