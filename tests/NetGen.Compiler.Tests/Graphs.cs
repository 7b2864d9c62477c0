using NetGen.Compiler.Ir;
using NetGen.Compiler.Passes;
using NetGen.Testing;

namespace NetGen.Compiler.Tests;

/// <summary>Graphs of networks as text.</summary>
internal static class Graphs
{
    public static Graph Lower(string attributes, string blocks = "") =>
        NetworkCompiler.Lower(Specs.Of(attributes, blocks), CancellationToken.None).Forward;

    /// <summary>Runs passes, verifying after each, and prints the result.</summary>
    public static string Print(Graph graph, params IEnumerable<Func<Graph, Graph>> passes)
    {
        GraphVerifier.Verify(graph, "lowering");
        foreach (Func<Graph, Graph> pass in passes)
        {
            graph = pass(graph);
            GraphVerifier.Verify(graph, pass.Method.DeclaringType!.Name);
        }
        return GraphPrinter.Print(graph).TrimEnd();
    }

    /// <summary>Fails unless a graph prints as expected; how columns are spaced does not count.</summary>
    public static void AssertPrints(string expected, Graph graph, params IEnumerable<Func<Graph, Graph>> passes) =>
        Assert.Equal(expected, Print(graph, passes));

    public static Graph Differentiated(string attributes, string blocks = "") => Differentiate.Run(Lower(attributes, blocks));
}
