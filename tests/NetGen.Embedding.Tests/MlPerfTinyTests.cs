namespace NetGen.Embedding.Tests;

/// <summary>The four networks of that benchmark, whose sources the sample has.</summary>
public sealed class MlPerfTinyTests
{
    [Theory]
    [InlineData("ImageClassification", "ResNet8")]
    [InlineData("KeywordSpotting", "DsCnn")]
    [InlineData("VisualWakeWords", "MobileNetV1")]
    [InlineData("AnomalyDetection", "Autoencoder")]
    public void Fixed_parameters_give_what_those_of_training_give_and_are_fewer(string file, string name)
    {
        string source = File.ReadAllText(Path.Combine(Repository.Root, "samples", "MlPerfTiny", $"{file}.cs"));
        using InMemoryNetworks plain = InMemoryNetworks.Compile(source);
        ITrainable trained = Training.Train(plain.Create<ITrainable>(name, 1L, 4));
        using InMemoryNetworks frozen = InMemoryNetworks.Compile(
            [WeightsFile.Frozen("net.netgen", (IFreezable)trained)],
            source.Replace("[Network]", "[Network(Mode = NetworkMode.Inference), Weights(\"net.netgen\")]", StringComparison.Ordinal));
        var fixedParameters = frozen.Create<IPredictor>(name);

        Closeness.AssertClose(Training.Predict(trained), Training.Predict(fixedParameters));
        int state = trained.Info.State.Sum(tensor => tensor.Shape.Count);
        Assert.InRange(fixedParameters.Info.ParameterCount, 1, trained.Info.ParameterCount - (state / 2));
        Assert.True(frozen.Sources.Single().Value.Length < plain.Sources.Single().Value.Length / 2, "expected half the generated code");
    }
}
