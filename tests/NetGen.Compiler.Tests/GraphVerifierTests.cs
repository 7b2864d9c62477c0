using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Tests;

public sealed class GraphVerifierTests
{
    private static readonly Layer Anywhere = new("layer", "");

    [Fact]
    public void A_correct_graph_passes() => GraphVerifier.Verify(Graphs.Lower("[Input(2), Dense(3)]\n[MeanSquaredError]"), "lowering");

    [Fact]
    public void Operands_must_stand_before_their_users()
    {
        var input = new Node(1, new Input(Ir.Shape.Batch(2)), [], Ir.Shape.Batch(2), Anywhere, "input");
        var output = new Node(0, new Output(), [input], Ir.Shape.Batch(2), Anywhere, "output");
        AssertFails("operands stand before their users", output, input);
    }

    [Fact]
    public void Shapes_must_be_those_that_ops_infer()
    {
        var input = new Node(0, new Input(Ir.Shape.Batch(2)), [], Ir.Shape.Batch(3), Anywhere, "input");
        AssertFails("the shape is the one that the op infers", input);
    }

    [Fact]
    public void Ids_must_count_up() =>
        AssertFails("ids count up from 0", new Node(5, new Input(Ir.Shape.Batch(2)), [], Ir.Shape.Batch(2), Anywhere, "input"));

    [Fact]
    public void A_sink_must_have_no_users()
    {
        var input = new Node(0, new Input(Ir.Shape.Batch(2)), [], Ir.Shape.Batch(2), Anywhere, "input");
        var output = new Node(1, new Output(), [input], Ir.Shape.Batch(2), Anywhere, "output");
        AssertFails("a sink has no users", input, output, new Node(2, new Output(), [output], Ir.Shape.Batch(2), Anywhere, "output"));
    }

    [Fact]
    public void A_gradient_must_be_stored_once()
    {
        var builder = new GraphBuilder();
        Node value = builder.Add(new Parameter("w", Ir.Shape.Of(2)));
        builder.Add(new StoreGradient("w"), value);
        builder.Add(new StoreGradient("w"), value);
        Assert.Contains("stored 2 times", Assert.Throws<GraphException>(() => GraphVerifier.Verify(builder.Build(), "a test")).Message);
    }

    [Fact]
    public void Ops_refuse_operands_that_do_not_fit()
    {
        var builder = new GraphBuilder();
        Node a = builder.Add(new Input(Ir.Shape.Batch(3)));
        Node b = builder.Add(new Parameter("w", Ir.Shape.Of(4, 2)));
        Assert.Contains("got [B, 3] and [4, 2]", Assert.Throws<GraphException>(() => builder.Add(new MatMul(MatMulForm.Product), a, b)).Message);
    }

    private static void AssertFails(string rule, params Node[] nodes)
    {
        string message = Assert.Throws<GraphException>(() => GraphVerifier.Verify(new Graph(nodes), "a test")).Message;
        Assert.StartsWith("after a test:", message);
        Assert.Contains(rule, message);
    }
}
