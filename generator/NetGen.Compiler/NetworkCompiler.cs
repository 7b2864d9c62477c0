using System.Collections.Generic;
using System.Threading;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler;

/// <summary>What compiling a network gives.</summary>
/// <param name="Source">The generated file; with issues, the members' signatures only.</param>
/// <param name="Issues">What is wrong with the network; empty when it compiled.</param>
public sealed record CompiledNetwork(string Source, IReadOnlyList<Issue> Issues);

/// <summary>The compiler: a pure function from a specification to C# text and issues.</summary>
public static class NetworkCompiler
{
    /// <summary>Checks a network: lowering and shapes only.</summary>
    public static IReadOnlyList<Issue> Analyze(NetworkSpec spec, CancellationToken cancellationToken) => [];

    /// <summary>Compiles a network to one C# file.</summary>
    public static CompiledNetwork Compile(NetworkSpec spec, CancellationToken cancellationToken) => new("", []);
}
