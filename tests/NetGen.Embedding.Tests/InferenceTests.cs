namespace NetGen.Embedding.Tests;

/// <summary>Networks that only predict: what is folded, and that it computes the same.</summary>
public sealed class InferenceTests
{
    public static TheoryData<string> Networks =>
    [
        "[Input(4), Dense(8), ReLU, Dense(3)]\n[SoftmaxCrossEntropy]",
        "[Input(3, 6, 6), Standardize, Conv2D(8, 3), BatchNorm, ReLU, MaxPool2D(2), Flatten, Dropout(0.5f), Dense(3)]\n[SoftmaxCrossEntropy]",
        "[Input(3, 6, 6), Standardize, Conv2D(8, 3, Padding = Padding.None), BatchNorm, ReLU, Flatten]\n[Dense(5, Bias = false), BatchNorm, Tanh, Dense(2), MeanSquaredError]",
        "[Input(1, 6, 6), Rescale(0.1f, -2), Conv2D(4, 3, Bias = false), BatchNorm, DepthwiseConv2D(3), BatchNorm, ReLU]\n"
            + "[Conv2D(8, 1), BatchNorm, GlobalAvgPool, Dense(2)]\n[MeanSquaredError]",
        "[Input(2, 5, 4), Standardize, Rescale(0.5f, 1), Flatten, Dense(4)]\n[MeanSquaredError]",
        "[Input(3, 4, 4), Rescale(2, 1), Rescale(0.5f, 3), Conv2D(6, 4, Padding = Padding.None), BatchNorm, Flatten, Dense(2)]\n[MeanSquaredError]",
        "[Input(5), Standardize, Dense(4), Tanh, Dense(2)]\n[MeanSquaredError]",
        "[Input(5), Impute, MinMaxScale, Dense(4), Tanh, Dense(2)]\n[MeanSquaredError]",
        "[Input(2, 5, 4), Impute, RobustScale, Conv2D(4, 3), ReLU, Flatten, Dense(2)]\n[MeanSquaredError]",
        "[Input(7, 3), Standardize, LSTM(6), BatchNorm, LastStep, Dense(2)]\n[MeanSquaredError]",
        "[Input(7, 3), Standardize, CausalConv1D(6, 3), BatchNorm, ReLU, Dense(2)]\n[MeanSquaredError]",
        "[Input(4, 6, 6), Conv2D(8, 3, Groups = 2), BatchNorm, ReLU, ConvTranspose2D(4, 2, Stride = 2), BatchNorm, GlobalAvgPool, Dense(2)]\n[MeanSquaredError]",
        "[Input(4, 6, 6), BatchNorm, ReLU, Conv2D(4, 3, Name = \"stem\"), Residual<Inner>, ReLU, Add(\"stem\"), GlobalAvgPool, Dense(2)]\n[MeanSquaredError]",
    ];

    [Theory]
    [MemberData(nameof(Networks))]
    public void An_inference_network_agrees_with_the_one_that_was_trained(string layers)
    {
        using InMemoryNetworks plain = InMemoryNetworks.Compile(Sources.Of("", layers));
        ITrainable trained = Training.Train(plain.Create<ITrainable>("Net", 1L, 4));
        using InMemoryNetworks folded = InMemoryNetworks.Compile([WeightsFile.Of("net.safetensors", trained)], Sources.Inference("net.safetensors", layers));
        using InMemoryNetworks frozen = InMemoryNetworks.Compile([WeightsFile.Frozen("net.netgen", (IFreezable)trained)], Sources.Inference("net.netgen", layers));
        IPredictor fromFolding = folded.Create<IPredictor>("Net");
        IPredictor fromFrozen = frozen.Create<IPredictor>("Net");

        Closeness.AssertClose(Training.Predict(trained), Training.Predict(fromFolding));
        Assert.Equal(Training.Bits(Training.Predict(fromFolding)), Training.Bits(Training.Predict(fromFrozen)));
        Assert.IsNotAssignableFrom<INetwork>(fromFrozen);
        Assert.Equal(trained.Info.ArchitectureHash, fromFrozen.Info.ArchitectureHash);
        Assert.Empty(fromFrozen.Info.State);
        if (trained is IStreaming)
        {
            Assert.Equal(Training.Bits(Training.Steps((IStreaming)fromFolding)), Training.Bits(Training.Steps((IStreaming)fromFrozen)));
            Closeness.AssertClose(Training.Steps((IStreaming)trained), Training.Steps((IStreaming)fromFrozen));
        }
    }

    [Fact]
    public void Layers_may_stand_apart_from_what_the_class_is_for()
    {
        const string layers = "using NetGen;\n[Input(4), Dense(8), ReLU, Dense(3), SoftmaxCrossEntropy] public sealed partial class Net;";
        using InMemoryNetworks training = InMemoryNetworks.Compile(layers, "using NetGen;\n[Network] public sealed partial class Net;");
        ITrainable trained = Training.Train(training.Create<ITrainable>("Net", 1L, 0));
        using InMemoryNetworks app = InMemoryNetworks.Compile(
            [WeightsFile.Frozen("net.netgen", (IFreezable)trained)],
            layers, "using NetGen;\n[Network(Mode = NetworkMode.Inference), Weights(\"net.netgen\")] public sealed partial class Net { public int Forward => 1; }");

        Assert.Equal(Training.Bits(Training.Predict(trained)), Training.Bits(Training.Predict(app.Create<IPredictor>("Net"))));
    }

    [Fact]
    public void All_instances_share_what_the_first_folded()
    {
        const string layers = "[Input(4), Standardize, Dense(8), ReLU, Dense(3), SoftmaxCrossEntropy]";
        using InMemoryNetworks plain = InMemoryNetworks.Compile(Sources.Of("", layers));
        var file = WeightsFile.Of("net.safetensors", plain.Create<INetwork>("Net"));
        using InMemoryNetworks networks = InMemoryNetworks.Compile([file], Sources.Inference("net.safetensors", layers));
        var found = new System.Collections.Concurrent.ConcurrentBag<object>();
        var field = networks.Type("Net").GetField("_netgenParameters", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!;
        Parallel.For(0, 8, _ => found.Add(field.GetValue(networks.Create<IPredictor>("Net"))!));

        Assert.Single(found.Distinct());
    }

    [Fact]
    public void A_record_may_only_predict()
    {
        const string layers = "[Input(4), Dense(3), MeanSquaredError]";
        using InMemoryNetworks plain = InMemoryNetworks.Compile(Sources.Of("", layers));
        WeightsFile file = WeightsFile.Of("net.safetensors", plain.Create<INetwork>("Net"));
        string record = Sources.Inference("net.safetensors", layers).Replace("partial class Net", "partial record Net", StringComparison.Ordinal);
        using InMemoryNetworks networks = InMemoryNetworks.Compile([file], record);

        Assert.Equal("Net { ParameterCount = 15 }", networks.Create<IPredictor>("Net").ToString());
    }

    [Fact]
    public async Task A_frozen_file_of_other_layers_says_how_to_freeze_again()
    {
        const string layers = "[Input(4), Dense(8), Tanh, Dense(3), SoftmaxCrossEntropy]";
        using InMemoryNetworks plain = InMemoryNetworks.Compile(Sources.Of("", layers));
        WeightsFile file = WeightsFile.Frozen("net.netgen", plain.Create<IFreezable>("Net"));
        string others = Sources.Inference("net.netgen", layers.Replace("Tanh", "ReLU", StringComparison.Ordinal));
        string diagnostic = Assert.Single(await Diagnoses.Of(others, file));
        Assert.StartsWith("NETG064 at \"net.netgen\": ", diagnostic, StringComparison.Ordinal);
        Assert.Contains("with other layers than Net has; freeze it again", diagnostic, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frozen_file_of_another_plan_or_for_training_is_refused()
    {
        const string layers = "[Input(4), Dense(3), MeanSquaredError]";
        using InMemoryNetworks plain = InMemoryNetworks.Compile(Sources.Of("", layers));
        WeightsFile file = WeightsFile.Frozen("net.netgen", plain.Create<IFreezable>("Net"));
        string hash = plain.Create<IFreezable>("Net").FrozenForm.PlanHash;
        byte[] other = System.Text.Encoding.Latin1.GetBytes(System.Text.Encoding.Latin1.GetString(file.Content).Replace(hash, new string('0', hash.Length), StringComparison.Ordinal));

        string[] diagnostics =
        [
            .. await Diagnoses.Of(Sources.Inference("net.netgen", layers), new("net.netgen", other)),
            .. await Diagnoses.Of(Sources.Embedded("net.netgen", layers), file),
            .. await Diagnoses.Of(Sources.Of("(Mode = NetworkMode.Inference)", layers), file),
        ];
        Assert.Collection(
            diagnostics,
            plan => Assert.StartsWith("NETG064 at \"net.netgen\": 'net.netgen' was frozen by another version of NetGen", plan, StringComparison.Ordinal),
            training => Assert.StartsWith("NETG064 at \"net.netgen\": 'net.netgen' holds the final bytes of a network that only predicts", training, StringComparison.Ordinal),
            missing => Assert.StartsWith("NETG065 at Mode = NetworkMode.Inference", missing, StringComparison.Ordinal));
        NetworkFormatException error = Assert.Throws<NetworkFormatException>(() => plain.Create<INetwork>("Net").Load(new MemoryStream(file.Content)));
        Assert.Contains("frozen", error.Message, StringComparison.Ordinal);
    }
}
