using NetGen;
using NetGen.EmbeddingCost;
using NetGen.Testing;

// speed: the networks of samples/MlPerfTiny, to train and only to predict, in turns.
// freeze PATH: a frozen file of 100 MB for the script "measure".
switch (args)
{
    case ["speed"]:
        Console.WriteLine("network       | CPU time, to train | only to predict | ratio | generated code | numbers");
        foreach ((string file, string name) in new[]
        {
            ("ImageClassification", "ResNet8"), ("VisualWakeWords", "MobileNetV1"), ("KeywordSpotting", "DsCnn"), ("AnomalyDetection", "Autoencoder"),
        })
        {
            Console.WriteLine(Speed.Compare(file, name));
        }
        return 0;
    case ["freeze", string path]:
        using (InMemoryNetworks networks = InMemoryNetworks.Compile("using NetGen;\n[Network, Input(5000), Dense(5000), ReLU, Dense(10)] public sealed partial class Big;"))
        {
            networks.Create<IFreezable>("Big").Freeze(path);
        }
        return 0;
    default:
        Console.Error.WriteLine("Expected: speed, or freeze <path>");
        return 2;
}
