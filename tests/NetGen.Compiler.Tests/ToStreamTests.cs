using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Tests;

/// <summary>What a network over a sequence becomes when the sequence comes step by step.</summary>
public sealed class ToStreamTests
{
    [Theory]
    [InlineData("[Input(5, Type = InputType.Index), Embedding(9, 4), GRU(3)]", true, "[B, 1]", "[B, 1, 3]")]
    [InlineData("[Input(5, Type = InputType.Index), Embedding(9, 4), GRU(3, ReturnSequences = false), Dense(2)]", true, "[B, 1]", "[B, 2]")]
    [InlineData("[Input(5, 4), GRU(3)]", false, "[B, 1, 4]", "[B, 1, 3]")]
    public void A_step_of_a_sequence_is_a_sequence_of_one(string attributes, bool readsIds, string input, string output)
    {
        StreamForm form = Run(attributes, readsIds);
        Assert.Null(form.Obstacle);
        Assert.Equal(16, form.Floats);   // three states, rounded up to a cache line
        Assert.Equal(input, $"{Only<Input>(form).Shape}");
        Assert.Equal(output, $"{Only<Output>(form).Shape}");
    }

    [Theory]
    [InlineData("[Input(5), Dense(3)]", false)]
    [InlineData("[Input(3, 8, 8), Conv2D(4, 3)]", false)]
    [InlineData("[Input(5, Type = InputType.Index), Embedding(9, 4), GRU(3)]", false)]
    [InlineData("[Input(5, 4), GRU(3)]", true)]
    public void Ids_are_a_sequence_without_features_and_numbers_with(string attributes, bool readsIds) =>
        Assert.Same(StreamForm.NoSequence, Run(attributes, readsIds));

    [Fact]
    public void What_needs_later_steps_is_the_obstacle() =>
        Assert.Equal("all", Run("[Input(5, Type = InputType.Index), Embedding(9, 4), SelfAttention(2, Name = \"all\"), GRU(3)]", readsIds: true).Obstacle?.Layer.Path);

    private static StreamForm Run(string attributes, bool readsIds) =>
        ToStream.Run(EliminateDead.Run(SpecializeForPrediction.Run(Graphs.Lower(attributes))), readsIds);

    private static Node Only<T>(StreamForm form) => Assert.Single(form.Graph!.Nodes, node => node.Op is T);
}
