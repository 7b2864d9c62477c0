namespace NetGen.Networks.Tests;

/// <summary>Layers called as C# keywords and as what generated code declares.</summary>
[Network]
[Input(4)]
[Dense(4, Name = "class"), Tanh(Name = "batch"), Dense(4, Name = "output"), Dropout(0.5f, Name = "arena"), Dense(4, Name = "loss")]
[ReLU(Name = "seed"), Dense(4, Name = "Predict"), Dense(4, Name = "Forward"), Dense(4, Name = "parameters"), Dense(4, Name = "workspace"), Dense(4, Name = "samples")]
[Dense(4, Name = "target"), Dense(4, Name = "rowWeights"), Dense(4, Name = "dense1"), Dense(4, Name = "Dense1"), Dense(4, Name = "Span"), Dense(4, Name = "transposed")]
[Residual<AwkwardBlock>(Name = "MatMul"), Dense(4, Name = "int"), Dense(4, Name = "targets"), Dense(4, Name = "weights"), Dense(3, Name = "Loss")]
[SoftmaxCrossEntropy]
internal sealed partial class AwkwardLayers;

[Block, Dense(4, Name = "class"), Softmax(Name = "gradients"), Dense(4, Name = "step")] internal sealed class AwkwardBlock;

/// <summary>Inputs called as what generated code declares.</summary>
[Network]
[Input(2, Name = "output"), Input(3, Name = "memory"), Input(2, Name = "input"), Input(1, Name = "class")]
[Input(1, Name = "workspace"), Input(1, Name = "Predict"), Input(1, Name = "InputSize"), Input(1, Name = "parameters"), Input(1, Name = "loan")]
[Concat("output", "memory", "input", "class", "workspace", "Predict", "InputSize", "parameters"), Dense(2)]
[MeanSquaredError]
internal sealed partial class AwkwardInputs;

/// <summary>A class called as a keyword.</summary>
[Network, Input(2), Dense(1), MeanSquaredError] internal sealed partial class @event;

public sealed class AwkwardNameTests
{
    [Fact]
    public void Layers_may_be_called_as_keywords_and_as_names_of_generated_code()
    {
        AwkwardLayers network = new(seed: 1);
        float[] inputs = Numbers.Of(5 * AwkwardLayers.InputSize);
        int[] classes = [0, 1, 2, 1, 0];
        SGD optimizer = new(0.01f);
        float first = network.TrainStep(inputs, classes, optimizer);
        float second = network.TrainStep(inputs, classes, optimizer);

        Assert.True(float.IsFinite(first) && first != second);
        Assert.Contains("MatMul.class.weight", AwkwardLayers.Info.Parameters.Select(parameter => parameter.Name));
        float[] weight = new float[16];
        network.Export("class.weight", weight);
        Assert.All(weight, value => Assert.NotEqual(0, value));
    }

    [Fact]
    public void Inputs_may_be_called_as_names_of_generated_code()
    {
        AwkwardInputs network = new(seed: 1);
        float[] row = Numbers.Of(AwkwardInputs.InputSize);
        float[] whole = new float[AwkwardInputs.OutputSize];
        float[] parts = new float[AwkwardInputs.OutputSize];
        network.Predict(row, whole);
        network.Predict(row[..2], row[2..5], row[5..7], row[7..8], row[8..9], row[9..10], row[10..11], row[11..12], row[12..13], parts);

        Assert.Equal(whole, parts);
        Assert.Equal(
            ["output", "memory", "input", "class", "workspace", "Predict", "InputSize", "parameters", "loan"],
            AwkwardInputs.Info.Inputs.Select(input => input.Name));
    }

    [Fact]
    public void A_class_may_be_called_as_a_keyword()
    {
        float[] output = new float[1];
        new @event().Predict([1, 2], output);

        Assert.NotEqual(0, output[0]);
    }
}
