namespace NetGen.Embedding.Tests;

/// <summary>Networks that only predict: what is folded, and that it computes the same.</summary>
public sealed class InferenceTests
{
    public static TheoryData<string> Networks =>
    [
        "[Input(4), Dense(8), ReLU, Dense(3)]\n[SoftmaxCrossEntropy]",
        "[Input(3, 6, 6), Standardize, Conv2D(8, 3), BatchNorm, ReLU, MaxPool2D(2), Flatten, Dropout(0.5f), Dense(3)]\n[SoftmaxCrossEntropy]",
        "[Input(3, 6, 6), Standardize, Conv2D(8, 3, Padding = Padding.None), BatchNorm, ReLU, Flatten, Dense(5, Bias = false), BatchNorm, Tanh, Dense(2)]\n[MeanSquaredError]",
        "[Input(1, 6, 6), Rescale(0.1f, -2), Conv2D(4, 3, Bias = false), BatchNorm, DepthwiseConv2D(3), BatchNorm, ReLU, Conv2D(8, 1), BatchNorm, GlobalAvgPool, Dense(2)]\n[MeanSquaredError]",
        "[Input(2, 5, 4), Standardize, Rescale(0.5f, 1), Flatten, Dense(4)]\n[MeanSquaredError]",
        "[Input(3, 4, 4), Rescale(2, 1), Rescale(0.5f, 3), Conv2D(6, 4, Padding = Padding.None), BatchNorm, Flatten, Dense(2)]\n[MeanSquaredError]",
        "[Input(5), Standardize, Dense(4), Tanh, Dense(2)]\n[MeanSquaredError]",
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
}
