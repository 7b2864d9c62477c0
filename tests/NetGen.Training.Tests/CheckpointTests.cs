using System.Text.Json;

namespace NetGen.Training.Tests;

public sealed class CheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netgen-checkpoints-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Optimizers => [.. MakeOptimizer.Keys];

    private static readonly Dictionary<string, Func<Optimizer>> MakeOptimizer = new()
    {
        ["SGD"] = () => new SGD(0.05f),
        ["SGD with momentum"] = () => new SGD(0.05f) { Momentum = 0.9f },
        ["Adam"] = () => new Adam(),
        ["AdamW with AMSGrad"] = () => new AdamW { AmsGrad = true },
        ["NAdam"] = () => new NAdam(),
        ["RAdam"] = () => new RAdam(),
        ["RMSProp, centered, with momentum"] = () => new RMSProp(1e-3f) { Centered = true, Momentum = 0.5f },
        ["Adagrad with decay"] = () => new Adagrad { LearningRateDecay = 0.1f, InitialAccumulator = 0.1f },
        ["Lion"] = () => new Lion(),
    };

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_training_that_is_cancelled_at_any_step_and_goes_on_gives_the_same_bits(string optimizer)
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        PointNet whole = new(seed: 1);
        TrainingHistory expected = NewTrainer(whole, MakeOptimizer[optimizer](), folder: null).Fit(data, data);

        // The last step of an epoch, the first of one, and one between.
        foreach (int step in new[] { 4, 5, 10 })
        {
            string folder = Path.Combine(_folder, $"{step}");
            CancelAt(new PointNet(seed: 1), MakeOptimizer[optimizer](), step, folder, data);

            // What a network and an optimizer are made with is overwritten, the seed of dropout included.
            PointNet resumed = new(seed: 1);
            resumed.Parameters.Clear();
            Optimizer other = MakeOptimizer[optimizer]();
            TrainingHistory history = NewTrainer(resumed, other, folder).Fit(data, data);

            Assert.Equal(whole.Parameters.ToArray(), resumed.Parameters.ToArray());
            Assert.Equal(whole.State.ToArray(), resumed.State.ToArray());
            Assert.Equal(whole.StepCount, resumed.StepCount);
            Assert.Equal(Losses(expected), Losses(history));
        }
    }

    [Fact]
    public void Carried_states_go_on_in_the_middle_of_an_epoch()
    {
        Dataset windows = Dataset.FromArrays([.. Enumerable.Range(0, 120).Select(i => MathF.Sin(i))], 6, [.. Enumerable.Range(0, 20).Select(i => MathF.Cos(i))], 1);
        WindowNet whole = new(seed: 1);
        NewTrainer(whole, new Adam(), folder: null).Fit(windows);

        CancelAt(new WindowNet(seed: 1), new Adam(), step: 3, _folder, windows);
        WindowNet resumed = new(seed: 1);
        NewTrainer(resumed, new Adam(), _folder).Fit(windows);

        Assert.Equal(whole.Parameters.ToArray(), resumed.Parameters.ToArray());
    }

    [Fact]
    public void A_rate_that_a_callback_has_changed_goes_on()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        PointNet whole = new(seed: 1);
        Train(whole, folder: null, epochs: 4);
        Train(new PointNet(seed: 1), _folder, epochs: 2);
        PointNet resumed = new(seed: 1);
        Train(resumed, _folder, epochs: 4);

        Assert.Equal(whole.Parameters.ToArray(), resumed.Parameters.ToArray());

        void Train(PointNet network, string? folder, int epochs)
        {
            SGD optimizer = new(0.1f);
            Trainer<PointNet> trainer = NewTrainer(network, optimizer, folder, epochs);
            trainer.Callbacks.Add((in _, _) => optimizer.LearningRate /= 2);
            trainer.Fit(data);
        }
    }

    [Fact]
    public void A_schedule_goes_on_with_what_it_remembers()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        Trainer<PointNet> NewTrainer(string? folder) => new(new PointNet(seed: 1), new SGD(0.5f))
        {
            Epochs = 8,
            BatchSize = 5,
            Schedule = new ReduceOnPlateau(0.5, patience: 0) { Threshold = 0.5 },
            Checkpoints = folder is null ? null : new Checkpoints(folder),
        };
        TrainingHistory whole = NewTrainer(null).Fit(data, data);
        using CancellationTokenSource source = new();
        Trainer<PointNet> first = NewTrainer(_folder);
        first.Observers.Add(new StepAction(result =>
        {
            if (result.Step == 27)
            {
                source.Cancel();
            }
        }));
        Assert.Throws<OperationCanceledException>(() => first.Fit(data, data, cancellationToken: source.Token));
        TrainingHistory resumed = NewTrainer(_folder).Fit(data, data);

        Assert.True(whole[4].LearningRate > whole[7].LearningRate);
        Assert.Equal(whole.Select(result => result.LearningRate), resumed.Select(result => result.LearningRate));
        Assert.Equal(Losses(whole), Losses(resumed));
    }

    [Fact]
    public void A_training_that_is_done_gives_its_results_again()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        PointNet first = new(seed: 1);
        TrainingHistory expected = NewTrainer(first, new Adam(), _folder).Fit(data);
        PointNet second = new(seed: 2);
        TrainingHistory history = NewTrainer(second, new Adam(), _folder).Fit(data);

        Assert.Equal(expected, history);
        Assert.Equal(first.Parameters.ToArray(), second.Parameters.ToArray());
    }

    [Fact]
    public void The_network_loads_a_checkpoint_as_any_file()
    {
        PointNet network = new(seed: 1);
        NewTrainer(network, new Adam(), _folder).Fit(Samples.OfClasses(9, 10, 11));
        PointNet loaded = new();
        loaded.Load(Path.Combine(_folder, "last.safetensors"));

        Assert.Equal(network.Parameters.ToArray(), loaded.Parameters.ToArray());
        Assert.Equal(network.StepCount, loaded.StepCount);
    }

    [Fact]
    public void Training_that_gets_no_better_ends_with_the_best_network()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        double[] scores = [3, 2, 1, 5, 4, 6, 0];
        List<float[]> parameters = [];
        PointNet network = new(seed: 1);
        Trainer<PointNet> trainer = new(network, new Adam(1e-2f))
        {
            Epochs = 7,
            EarlyStopping = new EarlyStopping(patience: 3),
            Score = result => scores[result.Epoch - 1],
            Checkpoints = new Checkpoints(_folder) { KeepBest = 2 },
        };
        trainer.Callbacks.Add((in _, _) => parameters.Add(network.Parameters.ToArray()));

        Assert.Equal(6, trainer.Fit(data).Count);
        Assert.Equal(parameters[2], network.Parameters.ToArray());
        Assert.Equal(["epoch-2.safetensors", "epoch-3.safetensors", "last.safetensors"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order());

        PointNet best = new();
        best.Load(Path.Combine(_folder, "epoch-3.safetensors"));
        Assert.Equal(parameters[2], best.Parameters.ToArray());
    }

    [Fact]
    public void Steps_and_time_say_when_a_checkpoint_is_due()
    {
        ManualClock clock = new();
        List<long> written = [];
        PointNet network = new(seed: 1);
        Trainer<PointNet> trainer = new(network, new Adam())
        {
            Epochs = 2,
            BatchSize = 5,
            Clock = clock,
            Checkpoints = new Checkpoints(_folder) { EverySteps = 5, Every = TimeSpan.FromSeconds(3) },
        };
        trainer.Observers.Add(new StepAction(result =>
        {
            clock.Advance(result.Step < 6 ? 0 : 1);
            long step = long.Parse(SafetensorsFile.Read(Path.Combine(_folder, "last.safetensors")).Metadata["netgen.step"]);
            if (written.Count == 0 || written[^1] != step)
            {
                written.Add(step);
            }
        }));
        trainer.Fit(Samples.OfClasses(9, 10, 11));

        // At the start, after 5 steps, and then every 3 seconds, of which each step takes one; the end is seen by nobody.
        Assert.Equal([0, 5, 8, 11], written);
    }

    public static TheoryData<string, string> OtherSettings => new()
    {
        { "batch", "expected a training with batch size 10, found one with 5." },
        { "seed", "expected a training with seed 7, found one with 0." },
        { "optimizer", "expected a training with optimizer SGD, found one with Adam." },
        { "schedule", "expected a training with schedule CosineDecay, found one with none." },
        { "fewer epochs", "expected a training with epochs, or more 4, found one with 3." },
        { "data", "expected a training with training samples 31, found one with 30." },
        { "values", "expected a training with hash of the training data " },
        { "network", "expected a training with network WidePointNet, found one with PointNet." },
    };

    [Theory]
    [MemberData(nameof(OtherSettings))]
    public void A_checkpoint_of_another_training_is_refused_and_nothing_changed(string what, string message)
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        NewTrainer(new PointNet(seed: 1), new Adam(), _folder).Fit(data);
        ITrainable network = what == "network" ? new WidePointNet(seed: 2) : new PointNet(seed: 2);
        float[] before = network.Parameters.ToArray();
        Trainer<ITrainable> trainer = new(network, what == "optimizer" ? new SGD() : new Adam())
        {
            Epochs = what == "fewer epochs" ? 3 : 4,
            BatchSize = what == "batch" ? 10 : 5,
            Seed = what == "seed" ? 7 : 0,
            Schedule = what == "schedule" ? new CosineDecay() : null,
            Checkpoints = new Checkpoints(_folder),
        };
        Dataset other = what switch
        {
            "data" => Samples.OfClasses(9, 10, 12),
            "values" => Samples.OfClasses(10, 9, 11),
            _ => data,
        };
        NetworkFormatException exception = Assert.Throws<NetworkFormatException>(() => trainer.Fit(other));

        Assert.StartsWith(Path.Combine(_folder, "last.safetensors") + ": " + message, exception.Message);
        Assert.Contains("to start anew", exception.Message);
        Assert.Equal(before, network.Parameters.ToArray());
        Assert.Equal(0, network.StepCount);
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused_and_nothing_changed()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        NewTrainer(new PointNet(seed: 1), new Adam(), _folder).Fit(data);
        string path = Path.Combine(_folder, "last.safetensors");
        byte[] bytes = File.ReadAllBytes(path);
        foreach (int length in new[] { 0, 5, 100, bytes.Length / 2, bytes.Length - 1 })
        {
            File.WriteAllBytes(path, bytes[..length]);
            PointNet network = new(seed: 2);
            float[] before = network.Parameters.ToArray();
            NetworkFormatException exception = Assert.Throws<NetworkFormatException>(() => NewTrainer(network, new Adam(), _folder).Fit(data));

            Assert.StartsWith(path + ": ", exception.Message);
            Assert.Equal(before, network.Parameters.ToArray());
        }
    }

    [Theory]
    [InlineData("\"settings\":{", "\"settings\":null,\"was\":{")]
    [InlineData("\"position\":{", "\"position\":null,\"was\":{")]
    [InlineData("\"history\":[", "\"history\":null,\"was\":[")]
    [InlineData("\"scheduleState\":[", "\"was\":[")]
    [InlineData("\"version\":1", "\"version\":0")]
    [InlineData("\"position\":{\"epoch\":", "\"position\":{\"epoch\":-")]
    [InlineData("\"position\":{\"epoch\":", "\"position\":{\"epoch\":1,\"was\":")]
    [InlineData("\"batch\":0", "\"batch\":7")]
    [InlineData("\"stepCount\":", "\"stepCount\":-")]
    [InlineData("\"seconds\":", "\"seconds\":\"NaN\",\"was\":")]
    [InlineData("\"baseRate\":", "\"baseRate\":-")]
    [InlineData("\"learningRate\":", "\"learningRate\":-")]
    public void A_record_that_no_training_writes_is_refused_and_nothing_changed(string written, string changed)
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        NewTrainer(new PointNet(seed: 1), new Adam(), _folder).Fit(data);
        string path = Path.Combine(_folder, "last.safetensors");
        SafetensorsFile file = SafetensorsFile.Read(path);
        string record = file.Metadata["netgen.training"];
        int at = record.IndexOf(written, StringComparison.Ordinal);
        Dictionary<string, string> metadata = new(file.Metadata) { ["netgen.training"] = $"{record[..at]}{changed}{record[(at + written.Length)..]}" };
        new SafetensorsFile(file.Tensors, metadata).Write(path);

        PointNet network = new(seed: 2);
        float[] before = network.Parameters.ToArray();
        NetworkFormatException exception = Assert.Throws<NetworkFormatException>(() => NewTrainer(network, new Adam(), _folder).Fit(data));

        Assert.StartsWith(path + ": ", exception.Message);
        Assert.Equal(before, network.Parameters.ToArray());
        Assert.Equal(0, network.StepCount);
    }

    [Fact]
    public void Carried_states_of_half_a_sequence_are_refused_and_nothing_changed()
    {
        Dataset windows = Dataset.FromArrays([.. Enumerable.Range(0, 120).Select(i => MathF.Sin(i))], 6, [.. Enumerable.Range(0, 20).Select(i => MathF.Cos(i))], 1);
        CancelAt(new WindowNet(seed: 1), new Adam(), step: 3, _folder, windows);
        string path = Path.Combine(_folder, "last.safetensors");
        SafetensorsFile file = SafetensorsFile.Read(path);
        SafetensorsTensor half = new("netgen.carried", new Shape(3), [1, 2, 3]);
        new SafetensorsFile([.. file.Tensors.Where(tensor => tensor.Name != half.Name), half], file.Metadata).Write(path);

        WindowNet network = new(seed: 2);
        float[] before = network.Parameters.ToArray();
        Assert.Contains("netgen.carried", Assert.Throws<NetworkFormatException>(() => NewTrainer(network, new Adam(), _folder).Fit(windows)).Message);
        Assert.Equal(before, network.Parameters.ToArray());
    }

    [Fact]
    public void A_file_that_holds_a_network_only_is_no_checkpoint()
    {
        new PointNet().Save(Path.Combine(_folder, "last.safetensors"));
        NetworkFormatException exception = Assert.Throws<NetworkFormatException>(() => NewTrainer(new PointNet(), new Adam(), _folder).Fit(Samples.OfClasses(9, 10, 11)));

        Assert.Contains("expected the checkpoint of a training, found a network without one", exception.Message);
    }

    [Fact]
    public void A_checkpoint_without_the_memory_of_its_optimizer_is_refused_and_nothing_changed()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        NewTrainer(new PointNet(seed: 1), new Adam(), _folder).Fit(data);
        string path = Path.Combine(_folder, "last.safetensors");
        SafetensorsFile file = SafetensorsFile.Read(path);
        new SafetensorsFile([.. file.Tensors.Where(tensor => tensor.Name != "netgen.optimizer.memory1.dense1.bias")], file.Metadata).Write(path);
        PointNet network = new(seed: 2);
        float[] before = network.Parameters.ToArray();
        NetworkFormatException exception = Assert.Throws<NetworkFormatException>(() => NewTrainer(network, new Adam(), _folder).Fit(data));

        Assert.Equal("netgen.optimizer.memory1.dense1.bias", exception.Tensor);
        Assert.Equal(before, network.Parameters.ToArray());
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_an_error_before_training()
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        PointNet network = new();
        IOException exception = Assert.Throws<IOException>(() => NewTrainer(network, new Adam(), Path.Combine(file, "run")).Fit(Samples.OfClasses(9, 10, 11)));

        Assert.StartsWith($"Cannot keep checkpoints in '{Path.Combine(file, "run")}': ", exception.Message);
        Assert.Equal(0, network.StepCount);
    }

    [Fact]
    public void What_a_killed_process_left_half_written_is_removed()
    {
        string half = Path.Combine(_folder, "last.safetensors.0123456789abcdef.tmp");
        File.WriteAllText(half, "half");
        NewTrainer(new PointNet(), new Adam(), _folder).Fit(Samples.OfClasses(9, 10, 11));

        Assert.False(File.Exists(half));
    }

    [Fact]
    public void The_record_of_a_checkpoint_is_json()
    {
        NewTrainer(new PointNet(), new Adam(), _folder).Fit(Samples.OfClasses(9, 10, 11));
        string json = SafetensorsFile.Read(Path.Combine(_folder, "last.safetensors")).Metadata["netgen.training"];
        using JsonDocument document = JsonDocument.Parse(json);

        Assert.Equal(4, document.RootElement.GetProperty("history").GetArrayLength());
        Assert.Equal("Adam", document.RootElement.GetProperty("settings").GetProperty("optimizer").GetString());
    }

    private static Trainer<TNetwork> NewTrainer<TNetwork>(TNetwork network, Optimizer optimizer, string? folder, int epochs = 4)
        where TNetwork : ITrainable => new(network, optimizer)
        {
            Epochs = epochs,
            BatchSize = 5,
            Checkpoints = folder is null ? null : new Checkpoints(folder),
        };

    private static void CancelAt<TNetwork>(TNetwork network, Optimizer optimizer, int step, string folder, Dataset data)
        where TNetwork : ITrainable
    {
        using CancellationTokenSource source = new();
        Trainer<TNetwork> trainer = NewTrainer(network, optimizer, folder);
        trainer.Observers.Add(new StepAction(result =>
        {
            if (result.Step == step)
            {
                source.Cancel();
            }
        }));
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(data, network is IStateful ? null : data, cancellationToken: source.Token));
        Assert.Equal(step, network.StepCount);
    }

    private static IEnumerable<(int, double, double?, double?)> Losses(TrainingHistory history) =>
        history.Select(result => (result.Epoch, result.TrainingLoss, result.ValidationLoss, result.ValidationAccuracy));
}

/// <summary>Does something after each step.</summary>
internal sealed class StepAction(Action<StepResult> action) : TrainingObserver
{
    public override void Step(in StepResult result, TrainingContext context) => action(result);
}

[Network]
[Input(2), Standardize, Dense(8), BatchNorm, ReLU, Dropout(0.2f)]
[Dense(3), SoftmaxCrossEntropy]
internal sealed partial class PointNet;

[Network]
[Input(2), Standardize, Dense(9), ReLU]
[Dense(3), SoftmaxCrossEntropy]
internal sealed partial class WidePointNet;

[Network(Stateful = true)]
[Input(3, 2), GRU(4), LastStep, Dense(1), MeanSquaredError]
internal sealed partial class WindowNet;
