using System.Text.RegularExpressions;
using NetGen.Testing;

namespace NetGen.Compiler.Tests;

public sealed partial class OutputTests
{
    private const string Digit = "[Input(2), Dense(3, Bias = false), Output(\"digit\"), SoftmaxCrossEntropy]\n";

    [Fact]
    public void Each_output_has_its_part_of_the_target_and_all_are_one_row() => Graphs.AssertPrints(
        """
            %0 = Input() : [B, 2]   input
            %1 = Parameter<dense1.weight>() : [2, 3]   dense1.weight
            %2 = MatMul(%0, %1) : [B, 3]   dense1
            %3 = Target() : [B, 3]   digit.target
            %4 = RowWeights() : [B]   digit.rowWeights
            %5 = SoftmaxCrossEntropy<probabilities>(%2, %3, %4) : [B]   digit.losses
            %6 = Loss<digit>(%5) : [B]   digit.loss
            %7 = Tanh(%2) : [B, 3]   tanh1
            %8 = Target<from 3>() : [B, 3]   bent.target
            %9 = RowWeights<sum 0.5f>() : [B]   bent.rowWeights
            %10 = ElementwiseLoss<SquaredError>(%7, %8, %9) : [B, 3]   bent.losses
            %11 = Loss<bent>(%10) : [B, 3]   bent.loss
            %12 = Reshape<[B, 3]>(%2) : [B, 3]   output.Reshape
            %13 = Reshape<[B, 3]>(%7) : [B, 3]   output.Reshape
            %14 = Concat<axis 0>(%12, %13) : [B, 6]   output.Concat
            %15 = Output(%14) : [B, 6]   output
            """,
        Graphs.Lower(Digit + "[Tanh, Output(\"bent\", Weight = 0.5f), MeanSquaredError]"));

    [Theory]
    [InlineData("SoftmaxCrossEntropy", true)]
    [InlineData("SoftmaxCrossEntropy(LabelSmoothing = 0.1f)", false)]
    [InlineData("SoftmaxCrossEntropy(ClassWeights = new[] { 1f, 2f })", false)]
    public void Targets_that_are_smoothed_or_weighted_are_probabilities_and_no_class_indices(string loss, bool takesClasses) => Assert.Equal(
        takesClasses,
        Assert.IsType<Ops.SoftmaxCrossEntropy>(Graphs.Lower($"[Input(4), Dense(2)]\n[{loss}]").Nodes.Single(node => node.Op is Ops.LossOp).Op).TakesClasses);

    [Fact]
    public void Names_and_losses_of_outputs_are_part_of_the_architecture_and_weights_are_not()
    {
        string hash = Hash("[Tanh, Output(\"bent\"), MeanSquaredError]");
        Assert.Equal(hash, Hash("[Tanh, Output(\"bent\", Weight = 0.5f), MeanSquaredError]"));
        Assert.NotEqual(hash, Hash("[Tanh, Output(\"other\"), MeanSquaredError]"));
        Assert.NotEqual(hash, Hash("[Tanh, Output(\"bent\"), MeanAbsoluteError]"));
        Assert.NotEqual(hash, Hash(""));

        static string Hash(string second) =>
            HashLine().Match(NetworkCompiler.Compile(Specs.Of(Digit + second), CancellationToken.None).Source).Groups["hash"].Value;
    }

    [GeneratedRegex("ArchitectureHash = \"(?<hash>.+)\"")]
    private static partial Regex HashLine();
}
