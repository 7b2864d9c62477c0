using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Tests;

public sealed class SimplificationTests
{
    [Fact]
    public void Prediction_has_no_dropout_and_no_loss() => Graphs.AssertPrints(
        """
            %0 = Input() : [B, 4]   input
            %1 = Tanh(%0) : [B, 4]   tanh1
            %2 = Output(%1) : [B, 4]   output
            """,
        Graphs.Lower("[Input(4), Dropout(0.5f), Tanh]\n[MeanSquaredError]"), SpecializeForPrediction.Run);

    [Fact]
    public void Scales_in_a_row_become_one() => Graphs.AssertPrints(
        """
            %0 = Input() : [B, 4]   input
            %1 = Affine<1f, 4f>(%0) : [B, 4]   rescale2
            %2 = Output(%1) : [B, 4]   output
            """,
        Graphs.Lower("[Input(4), Rescale(2f, 6f), Rescale(0.5f, 1f)]"), FoldConstants.Run, EliminateDead.Run);

    [Fact]
    public void Scales_that_cancel_vanish() => Graphs.AssertPrints(
        """
            %0 = Input() : [B, 4]   input
            %1 = Output(%0) : [B, 4]   output
            """,
        Graphs.Lower("[Input(4), Rescale(2f), Rescale(0.5f)]"), FoldConstants.Run, EliminateDead.Run);

    [Fact]
    public void Reshapes_in_a_row_become_one_or_none() => Graphs.AssertPrints(
        """
            %0 = Input() : [B, 2, 3]   input
            %1 = Reshape<[B, 6]>(%0) : [B, 6]   flatten1
            %2 = Output(%1) : [B, 6]   output
            """,
        Graphs.Lower("[Input(2, 3), Reshape(2, 3), Reshape(3, 2), Flatten]"), FoldConstants.Run, EliminateDead.Run);

    [Fact]
    public void What_no_output_depends_on_is_removed() => Graphs.AssertPrints(
        """
            %0 = Input() : [B, 2]   input
            %1 = Tanh(%0) : [B, 2]   tanh1
            %2 = Output(%1) : [B, 2]   output
            """,
        Graphs.Lower("[Input(2), Dense(7), ReLU, Tanh(From = \"input\")]"), EliminateDead.Run);
}
