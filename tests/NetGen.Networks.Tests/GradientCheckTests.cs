using NetGen.Training;

namespace NetGen.Networks.Tests;

public sealed class GradientCheckTests
{
    public static TheoryData<string> Networks => [.. Trainable.Keys];

    private static readonly Dictionary<string, Func<ITrainable>> Trainable = new()
    {
        ["dropout and classes"] = () => new Classifier(seed: 1),
        ["a residual block"] = () => new Regressor(seed: 1),
        ["several outputs"] = () => new Heads(seed: 1),
        ["images"] = () => new SharedImages(seed: 1),
        ["recurrences"] = () => new SharedRecurrences(seed: 1),
        ["attention"] = () => new SharedTransformer(seed: 1),
        ["carried states"] = () => new CarryingWords(seed: 1),
        ["a shared norm"] = () => new SharedNorm(seed: 1),
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Right_gradients_pass_and_leave_the_network_as_it_was(string name)
    {
        ITrainable net = Trainable[name]();
        int[] before = Bits(net);

        GradientReport report = GradientCheck.Run(net, Samples(net, 4), elements: 8);

        Assert.True(report.Passed, report.ToString());
        Assert.Contains(report.Layers, layer => layer.Verdict == GradientVerdict.Right);
        Assert.InRange(report.Layers.Sum(layer => layer.Checked), net.Info.Parameters.Sum(parameter => Math.Min(parameter.Length, 4)), 8 * net.Info.Parameters.Count);
        Assert.Equal(before, Bits(net));
        Assert.Equal(0, net.StepCount);
    }

    [Fact]
    public void A_wrong_gradient_is_named_by_layer_parameter_and_index()
    {
        Spoiled net = new(new Classifier(seed: 1));
        TensorInfo weight = net.Info.Parameters.Single(parameter => parameter.Name == "dense2.weight");
        int place = weight.Offset + Largest(net, weight);
        net.Spoil = gradients => gradients[place] *= 1.5f;

        GradientReport report = GradientCheck.Run(net, Samples(net, 8));

        Assert.False(report.Passed);
        LayerGradients wrong = Assert.Single(report.Layers, layer => layer.Verdict == GradientVerdict.Wrong);
        Assert.Equal("dense2", wrong.Layer);
        Assert.Equal(weight.IndexOf(place - weight.Offset), wrong.Worst.Index);
        Assert.Equal(1.0 / 3, wrong.Worst.Error, 0.05);
        Assert.Contains($"dense2.weight[{string.Join(", ", wrong.Worst.Index)}]", report.ToString());
        Assert.EndsWith("GRADIENTS DISAGREE (largest relative error allowed: 0.02)", report.ToString());
    }

    [Fact]
    public void The_one_gradient_that_is_no_number_is_found()
    {
        Spoiled net = new(new Classifier(seed: 1));
        TensorInfo weight = net.Info.Parameters.Single(parameter => parameter.Name == "dense2.weight");
        net.Spoil = gradients => gradients[weight.Offset + 1] = float.NaN;

        GradientReport report = GradientCheck.Run(net, Samples(net, 8), elements: 2);

        LayerGradients wrong = Assert.Single(report.Layers, layer => layer.Verdict == GradientVerdict.Wrong);
        Assert.Equal(weight.IndexOf(1), wrong.Worst.Index);
    }

    [Fact]
    public void A_gradient_that_was_forgotten_is_wrong()
    {
        Spoiled net = new(new Regressor(seed: 1));
        TensorInfo bias = net.Info.Parameters.Single(parameter => parameter.Name == "res1.dense1.bias");
        net.Spoil = gradients => gradients.Slice(bias.Offset, bias.Length).Clear();

        GradientReport report = GradientCheck.Run(net, Samples(net, 8));

        Assert.Equal(["res1.dense1"], report.Layers.Where(layer => layer.Verdict == GradientVerdict.Wrong).Select(layer => layer.Layer));
    }

    [Fact]
    public void Gradients_below_what_float32_can_tell_are_neither_right_nor_wrong()
    {
        Regressor net = new(seed: 1);
        float[] inputs = Numbers.Of(8 * Regressor.InputSize);
        float[] targets = new float[8 * Regressor.OutputSize];
        net.Predict(inputs, targets);

        GradientReport report = GradientCheck.Run(net, new Batch { Count = 8, Inputs = inputs, Targets = targets });

        Assert.All(report.Layers, layer => Assert.Equal(GradientVerdict.TooSmall, layer.Verdict));
        Assert.Contains("too small to tell", report.ToString());
    }

    [Fact]
    public void A_loss_that_is_not_finite_is_an_error_that_says_what_to_do()
    {
        Regressor net = new(seed: 1);
        net.Parameters.Fill(float.NaN);
        float[] inputs = Numbers.Of(Regressor.InputSize);

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => GradientCheck.Run(net, new Batch { Count = 1, Inputs = inputs, Targets = [0, 0] }));
        Assert.Contains("NumericGuard.Find", error.Message);
    }

    [Fact]
    public void A_tolerance_or_a_number_of_elements_that_checks_nothing_is_refused()
    {
        Regressor net = new(seed: 1);
        float[] inputs = Numbers.Of(Regressor.InputSize);

        Assert.Throws<ArgumentOutOfRangeException>(() => GradientCheck.Run(net, new Batch { Count = 1, Inputs = inputs, Targets = [0, 0] }, tolerance: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientCheck.Run(net, new Batch { Count = 1, Inputs = inputs, Targets = [0, 0] }, elements: 0));
    }

    private static Batch Samples(ITrainable net, int count) => new()
    {
        Count = count,
        Inputs = Numbers.For(net.Info, count, phase: 0.3f),
        Targets = net.Info.ClassesPerSample > 0 ? default : Numbers.Of(count * net.Info.OutputSize, phase: 1),
        Classes = Enumerable.Range(0, count * net.Info.ClassesPerSample).Select(i => i % net.Info.OutputShape[net.Info.OutputShape.Rank - 1]).ToArray(),
    };

    private static int[] Bits(ITrainable net) => [.. Numbers.Bits(net.Parameters), .. Numbers.Bits(net.State)];

    private static int Largest(ITrainable net, TensorInfo parameter)
    {
        net.Forward(Samples(net, 8));
        net.Backward();
        ReadOnlySpan<float> gradients = net.Gradients.Slice(parameter.Offset, parameter.Length);
        int largest = 0;
        for (int i = 1; i < gradients.Length; i++)
        {
            largest = Math.Abs(gradients[i]) > Math.Abs(gradients[largest]) ? i : largest;
        }
        return largest;
    }

    /// <summary>A network whose gradients are changed after Backward: one with a mistake.</summary>
    private sealed class Spoiled(ITrainable net) : ITrainable
    {
        public SpanAction? Spoil { get; set; }

        public NetworkInfo Info => net.Info;

        public int WorkspaceSize => net.WorkspaceSize;

        public Span<float> Parameters => net.Parameters;

        public Span<float> State => net.State;

        public Span<float> Gradients => net.Gradients;

        public long StepCount { get => net.StepCount; set => net.StepCount = value; }

        public void Reserve(int maxBatch) => net.Reserve(maxBatch);

        public float Forward(in Batch batch) => net.Forward(batch);

        public void Backward()
        {
            net.Backward();
            Spoil?.Invoke(net.Gradients);
        }

        public float TrainStep(in Batch batch, Optimizer optimizer) => net.TrainStep(batch, optimizer);

        public float Evaluate(in Batch batch, Span<float> predictions) => net.Evaluate(batch, predictions);

        public void FitPreprocessing(ReadOnlySpan<float> samples) => net.FitPreprocessing(samples);

        public void Predict(ReadOnlySpan<float> input, Span<float> output) => net.Predict(input, output);

        public void Predict(ReadOnlySpan<float> input, Span<float> output, Workspace workspace) => net.Predict(input, output, workspace);

        public void PredictLogits(ReadOnlySpan<float> input, Span<float> output) => net.PredictLogits(input, output);

        public void PredictLogits(ReadOnlySpan<float> input, Span<float> output, Workspace workspace) => net.PredictLogits(input, output, workspace);
    }

    private delegate void SpanAction(Span<float> values);
}
