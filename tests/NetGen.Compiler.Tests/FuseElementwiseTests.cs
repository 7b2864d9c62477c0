using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Tests;

public sealed class FuseElementwiseTests
{
    [Theory]
    [InlineData("[Input(5, 8), Tanh, ReLU]", "TanhReLU", "what follows one another is one pass over memory")]
    [InlineData("[Input(8), Tanh, ReLU]", "Tanh ReLU", "flat values are a few vectors")]
    [InlineData("[Input(5, 8), Tanh(Name = \"a\"), ReLU, Add(\"a\")]", "Tanh ReLUAdd", "what two ops read stays in memory")]
    [InlineData("[Input(5, 8), Add(\"input\", \"input\", \"input\")]", "AddAdd Add", "a pass reads three operands at most")]
    [InlineData("[Input(5, 8), Softmax, Tanh]", "Softmax Tanh", "a row is no element")]
    public void Element_wise_ops_become_one_pass_where_memory_is_saved(string attributes, string ops, string reason)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(reason);
        Graph graph = EliminateDead.Run(FuseElementwise.Run(Graphs.Lower(attributes)));

        GraphVerifier.Verify(graph, nameof(FuseElementwise));
        Assert.Equal(ops, string.Join(' ', graph.Nodes.Where(node => node.Op is not (Source or Sink)).Select(node => node.Op.Mnemonic)));
    }
}
