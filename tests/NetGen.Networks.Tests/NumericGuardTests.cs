using NetGen.Training;

namespace NetGen.Networks.Tests;

/// <summary>Four numbers after a bend, of which each step can overflow.</summary>
[Network, Input(2), Dense(3), Tanh, Dense(5), ReLU, Dense(4), MeanSquaredError]
internal sealed partial class Overflowing;

/// <summary>NaN is a missing number to it.</summary>
[Network, Input(2), Impute, Dense(3), MeanSquaredError]
internal sealed partial class Imputing;

public sealed class NumericGuardTests
{
    private static readonly float[] Inputs = [0.5f, -0.25f, 1, 0.75f];
    private static readonly float[] Targets = [-1, -1, -1, -1, -1, -1, -1, -1];

    [Fact]
    public void Finite_numbers_are_no_finding_and_nothing_has_changed()
    {
        SharedImages net = new(seed: 1);
        int[] before = [.. Numbers.Bits(net.Parameters), .. Numbers.Bits(net.State)];

        Assert.Null(NumericGuard.Find(net, new Batch { Count = 2, Inputs = Numbers.Of(2 * SharedImages.InputSize), Classes = [0, 4] }));
        Assert.Equal(before, (int[])[.. Numbers.Bits(net.Parameters), .. Numbers.Bits(net.State)]);
        Assert.Equal(0, net.StepCount);
    }

    [Fact]
    public void The_batch_comes_first()
    {
        Assert.Equal("the batch's inputs hold NaN: 1 of 4 numbers, the first in sample 1", Find(new(seed: 1), [0, 0, 0, float.NaN], Targets));
        Assert.Equal(
            "the batch's targets hold -infinity: 1 of 8 numbers, the first in sample 0", Find(new(seed: 1), Inputs, [0, 0, 0, float.NegativeInfinity, 0, 0, 0, 0]));
    }

    [Fact]
    public void Missing_inputs_are_no_finding_where_the_network_imputes_them()
    {
        Imputing net = new(seed: 1);
        float[] targets = [0, 0, 0, 0, 0, 0];

        Assert.Null(Find([0, 0, 0, float.NaN]));
        Assert.Equal("the batch's inputs hold infinity: 1 of 4 numbers, the first in sample 1", Find([float.NaN, 0, 0, float.PositiveInfinity]));
        net.Parameters[0] = float.NaN;
        Assert.Equal("before the batch, the parameter dense1.weight holds NaN: 1 of 6 numbers", Find([0, 0, 0, float.NaN]));

        string? Find(float[] inputs) => NumericGuard.Find(net, new Batch { Count = 2, Inputs = inputs, Targets = targets })?.ToString();
    }

    [Fact]
    public void A_parameter_that_a_step_has_spoiled_is_named()
    {
        Overflowing net = new(seed: 1);
        Parameter(net, "dense2.bias")[2] = float.NaN;

        Assert.Equal("before the batch, the parameter dense2.bias holds NaN: 1 of 5 numbers", Find(net, Inputs, Targets));
    }

    [Fact]
    public void Of_layers_the_first_whose_output_overflows_is_named_not_those_that_it_infects()
    {
        Overflowing net = new(seed: 1);
        Parameter(net, "dense2.weight").Fill(3e38f);
        Parameter(net, "dense1.bias").Fill(3);

        NumericFinding finding = NumericGuard.Find(net, new Batch { Count = 2, Inputs = Inputs, Targets = Targets })!;

        Assert.Equal((NumericPlace.Output, "relu1", float.PositiveInfinity, 0), (finding.Place, finding.Name, finding.Value, finding.Sample));
        Assert.Equal(["dense2"], finding.Unseen);
        Assert.Equal("the output of relu1 holds infinity: 10 of 10 numbers, the first in sample 0; it may come from dense2 before it, whose output is not kept", finding.ToString());
    }

    [Fact]
    public void A_loss_of_finite_outputs_is_named_as_such()
    {
        Overflowing net = new(seed: 1);
        Parameter(net, "dense3.bias").Fill(1e30f);

        Assert.Equal("all outputs are finite, but the loss is infinity", Find(net, Inputs, Targets));
    }

    [Fact]
    public void Of_gradients_the_last_layer_whose_overflows_is_named()
    {
        Overflowing net = new(seed: 1);
        Parameter(net, "dense1.weight").Clear();
        Parameter(net, "dense1.bias").Clear();   // tanh gives 0, so that nothing overflows on the way forward
        Parameter(net, "dense2.weight").Fill(3e38f);
        Parameter(net, "dense2.bias").Fill(1);
        Parameter(net, "dense3.weight").Fill(1);

        Assert.Equal("all outputs are finite, but the gradient of dense1.bias holds infinity: 3 of 3 numbers", Find(net, Inputs, Targets));
    }

    [Fact]
    public void Activations_are_what_layers_gave()
    {
        Overflowing net = new(seed: 1);
        Dictionary<string, float[]> activations = [];
        net.Forward(Inputs, Targets);
        ((IKeepsActivations)net).ReadActivations((layer, values) => activations.Add(layer, values.ToArray()));

        float[] weight = new float[6];
        net.Export("dense1.weight", weight);
        float[] expected = [.. from sample in Enumerable.Range(0, 2) from unit in Enumerable.Range(0, 3)
            select MathF.Tanh(Inputs[2 * sample] * weight[2 * unit] + Inputs[2 * sample + 1] * weight[2 * unit + 1])];
        float[] output = new float[8];
        net.Predict(Inputs, output);
        Assert.Equal(["tanh1", "relu1", "dense3"], activations.Keys);
        Assert.Equal(expected, activations["tanh1"], (a, b) => Math.Abs(a - b) < 1e-5f);
        Assert.Equal(output, activations["dense3"], (a, b) => Math.Abs(a - b) < 1e-5f);
    }

    [Fact]
    public void Activations_are_gone_after_Backward()
    {
        Overflowing net = new(seed: 1);
        net.Forward(Inputs, Targets);
        net.Backward();

        Assert.Throws<InvalidOperationException>(() => ((IKeepsActivations)net).ReadActivations((_, _) => { }));
    }

    private static string? Find(Overflowing net, float[] inputs, float[] targets) => NumericGuard.Find(net, new Batch { Count = 2, Inputs = inputs, Targets = targets })?.ToString();

    private static Span<float> Parameter(Overflowing net, string name)
    {
        TensorInfo parameter = Overflowing.Info.Parameters.Single(parameter => parameter.Name == name);
        return net.Parameters.Slice(parameter.Offset, parameter.Length);
    }
}
