namespace NetGen.Networks.Tests;

public sealed class PredictTests
{
    [Fact]
    public void No_samples_are_no_work()
    {
        Workspace workspace = new(Classifier.WorkspaceSize);
        new Classifier().Predict([], []);
        new Classifier().Predict([], [], workspace);
    }

    [Theory]
    [InlineData(5, 3, "Expected 6 floats or a whole number of samples, got 5. (Parameter 'input')")]
    [InlineData(13, 6, "Expected 6 floats or a whole number of samples, got 13. (Parameter 'input')")]
    [InlineData(6, 4, "Expected 3 floats (1 sample of 3, as many as the input holds), got 4. (Parameter 'output')")]
    [InlineData(12, 3, "Expected 6 floats (2 samples of 3, as many as the input holds), got 3. (Parameter 'output')")]
    [InlineData(0, 3, "Expected 0 floats (0 samples of 3, as many as the input holds), got 3. (Parameter 'output')")]
    public void Wrong_lengths_are_named(int input, int output, string message)
    {
        Classifier network = new();
        Workspace workspace = new(Classifier.WorkspaceSize);

        Assert.Equal(message, Assert.Throws<ArgumentException>(() => network.Predict(new float[input], new float[output])).Message);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => network.Predict(new float[input], new float[output], workspace)).Message);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => network.PredictLogits(new float[input], new float[output])).Message);
    }

    [Fact]
    public void Shapes_of_several_inputs_are_named()
    {
        ImageAndNumbers network = new();

        Assert.Equal(
            "Expected 22 floats (image 2x3x3 + meta 4) or a whole number of samples, got 18. (Parameter 'input')",
            Assert.Throws<ArgumentException>(() => network.Predict(new float[18], new float[2])).Message);
        Assert.Equal(
            "Expected 4 floats, one sample of meta, got 5. (Parameter 'meta')",
            Assert.Throws<ArgumentException>(() => network.Predict(new float[18], new float[5], new float[2])).Message);
        Assert.Equal(
            "Expected 2 floats (1 sample of 2, as many as the input holds), got 3. (Parameter 'output')",
            Assert.Throws<ArgumentException>(() => network.Predict(new float[18], new float[4], new float[3])).Message);
    }

    [Fact]
    public void Inputs_that_lie_apart_give_what_the_whole_row_gives()
    {
        ImageAndNumbers network = new(seed: 1);
        float[] row = Numbers.Of(ImageAndNumbers.InputSize);
        float[] whole = new float[ImageAndNumbers.OutputSize];
        float[] parts = new float[ImageAndNumbers.OutputSize];
        network.Predict(row, whole);
        network.Predict(row[..18], row[18..], parts);
        Assert.Equal(Numbers.Bits(whole), Numbers.Bits(parts));

        Workspace workspace = new(ImageAndNumbers.WorkspaceSize);
        parts.AsSpan().Clear();
        network.Predict(row.AsSpan(..18), row.AsSpan(18..), parts, workspace);
        Assert.Equal(Numbers.Bits(whole), Numbers.Bits(parts));
        network.Predict(row, parts, workspace);
        Assert.Equal(Numbers.Bits(whole), Numbers.Bits(parts));
    }

    [Fact]
    public void Writable_spans_of_two_inputs_are_taken_as_inputs()
    {
        ImageAndNumbers network = new(seed: 1);
        float[] row = Numbers.Of(ImageAndNumbers.InputSize);
        float[] parts = new float[ImageAndNumbers.OutputSize];
        Span<float> image = row.AsSpan(..18);
        Span<float> meta = row.AsSpan(18..);
        network.Predict(image, meta, parts.AsSpan());

        Assert.Equal(Numbers.Of(ImageAndNumbers.InputSize), row);
        Assert.All(parts, value => Assert.NotEqual(0, value));
    }

    [Fact]
    public void An_output_that_overlaps_the_input_is_refused()
    {
        Classifier network = new();
        float[] memory = new float[8];

        Assert.Equal(
            "Expected an output apart from the input, got spans that overlap. Give the output memory of its own. (Parameter 'output')",
            Assert.Throws<ArgumentException>(() => network.Predict(memory.AsSpan(0, 6), memory.AsSpan(5, 3))).Message);
        network.Predict(memory.AsSpan(0, 6), new float[9].AsSpan(6));
    }

    [Fact]
    public void A_workspace_that_is_too_short_is_refused()
    {
        ImageAndNumbers network = new();
        Workspace workspace = new(ImageAndNumbers.WorkspaceSize - 1);

        Assert.Equal(
            $"Expected a workspace of at least {ImageAndNumbers.WorkspaceSize} floats, got {ImageAndNumbers.WorkspaceSize - 1}. " +
            $"Create it with new Workspace({ImageAndNumbers.WorkspaceSize}). (Parameter 'workspace')",
            Assert.Throws<ArgumentException>(() => network.Predict(new float[22], new float[2], workspace)).Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void The_callers_workspace_gives_the_same_predictions_whatever_its_length_and_contents(int samplesAtATime)
    {
        const int samples = 20;
        Regressor network = new(seed: 1);
        float[] inputs = Numbers.Of(samples * Regressor.InputSize);
        float[] expected = new float[samples * Regressor.OutputSize];
        float[] actual = new float[samples * Regressor.OutputSize];
        Workspace workspace = new(samplesAtATime * Regressor.WorkspaceSize);
        network.Predict(inputs, expected);
        network.Predict([.. Enumerable.Repeat(float.NaN, inputs.Length)], actual, workspace); // leaves NaN in the workspace
        network.Predict(inputs, actual, workspace);

        Closeness.AssertClose(expected, actual, tolerance: 1e-6);
    }

    [Fact]
    public void Predict_gives_the_softmax_of_the_logits()
    {
        Tagger network = new(seed: 1);
        (float[] logits, float[] probabilities) = Both(network);
        double[] expected = [.. logits.Chunk(4).SelectMany(row => row.Select(x => Math.Exp(x) / row.Sum(y => Math.Exp(y))))];

        Closeness.AssertClose(expected, probabilities);
    }

    [Fact]
    public void Predict_gives_the_sigmoid_of_the_logits()
    {
        Answers network = new(seed: 1);
        (float[] logits, float[] probabilities) = Both(network);

        Closeness.AssertClose([.. logits.Select(x => 1 / (1 + Math.Exp(-x)))], probabilities);
    }

    [Fact]
    public void Without_an_activation_in_the_loss_logits_are_what_Predict_gives()
    {
        Regressor network = new(seed: 1);
        (float[] logits, float[] predictions) = Both(network);
        Assert.Equal(Numbers.Bits(predictions), Numbers.Bits(logits));

        Fixed fixedNetwork = new(seed: 1);
        (logits, predictions) = Both(fixedNetwork);
        Assert.Equal(Numbers.Bits(predictions), Numbers.Bits(logits));
    }

    private static (float[] Logits, float[] Predictions) Both(INetwork network)
    {
        const int samples = 9;
        float[] inputs = Numbers.Of(samples * network.Info.InputSize);
        float[] logits = new float[samples * network.Info.OutputSize];
        float[] predictions = new float[samples * network.Info.OutputSize];
        network.PredictLogits(inputs, logits);
        network.Predict(inputs, predictions);
        return (logits, predictions);
    }
}
