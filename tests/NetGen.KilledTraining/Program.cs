using System.Security.Cryptography;
using NetGen;
using NetGen.KilledTraining;
using NetGen.Training;

// NetGen.KilledTraining FOLDER EPOCHS: trains two networks with checkpoints in a folder, going on from those that are there, and prints a hash of all that their last checkpoints hold.
string folder = args[0];
int epochs = int.Parse(args[1]);
try
{
    Console.WriteLine("begun");
    string classes = Classes(Path.Combine(folder, "classes"), epochs);
    string series = Series(Path.Combine(folder, "series"), epochs);
    Console.WriteLine($"done {classes} {series}");
    return 0;
}
catch (IOException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

// Running statistics, a scaler, dropout, augmentation, mixing, prefetching, a schedule, Adam's two memories, the best network, a checkpoint in the middle of epochs.
static string Classes(string folder, int epochs)
{
    const int count = 203, features = 12;
    SplitMix64 random = new(1);
    float[] values = Numbers(count * features, ref random);
    int[] labels = [.. Enumerable.Range(0, count).Select(i => values[i * features] + values[i * features + 1] > 0 ? 1 : values[i * features + 2] > 0.5f ? 2 : 0)];
    var (train, validation) = Dataset.FromArrays(values, features, labels).Split(0.8, 0.2, seed: 1);
    new Trainer<ClassNet>(new ClassNet(seed: 5), new Adam(1e-3f))
    {
        Epochs = epochs,
        BatchSize = 16,
        Seed = 3,
        Schedule = new Warmup(0.2, new CosineDecay()),
        Augmentation = new Noise(0.1f),
        MixUp = 0.2f,
        Prefetch = true,
        EarlyStopping = new EarlyStopping(patience: epochs),
        Checkpoints = new Checkpoints(folder) { EverySteps = 3, KeepBest = 2 },
    }.Fit(train, validation);
    return HashOf(folder);
}

// States that are carried from batch to batch.
static string Series(string folder, int epochs)
{
    SplitMix64 random = new(2);
    Dataset windows = Dataset.FromArrays(Numbers(60 * SeriesNet.InputSize, ref random), SeriesNet.InputSize, Numbers(60 * SeriesNet.OutputSize, ref random), SeriesNet.OutputSize);
    new Trainer<SeriesNet>(new SeriesNet(seed: 5), new SGD(1e-2f) { Momentum = 0.9f })
    {
        Epochs = epochs,
        BatchSize = 4,
        Checkpoints = new Checkpoints(folder) { EverySteps = 4 },
    }.Fit(windows);
    return HashOf(folder);
}

static float[] Numbers(int count, ref SplitMix64 random)
{
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++)
    {
        numbers[i] = random.NextBelow(2001) / 1000f - 1;
    }
    return numbers;
}

// Times are the one thing in a checkpoint's metadata that differs from run to run.
static string HashOf(string folder)
{
    using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    foreach (SafetensorsTensor tensor in SafetensorsFile.Read(Path.Combine(folder, "last.safetensors")).Tensors)
    {
        hash.AppendData(tensor.Data.Span);
    }
    return Convert.ToHexString(hash.GetHashAndReset());
}

namespace NetGen.KilledTraining
{
    [Network]
    [Input(12), Standardize, Dense(32), BatchNorm, ReLU, Dropout(0.3f)]
    [Dense(3), SoftmaxCrossEntropy]
    internal sealed partial class ClassNet;

    [Network(Stateful = true)]
    [Input(5, 2), GRU(8), Dense(1), MeanSquaredError]
    internal sealed partial class SeriesNet;
}
