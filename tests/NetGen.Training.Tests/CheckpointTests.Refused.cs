using System.Text.Json.Nodes;

namespace NetGen.Training.Tests;

/// <summary>Checkpoints that a training does not go on from: damaged, made up, or of another training.</summary>
public sealed partial class CheckpointTests
{
    public static TheoryData<string, string> OtherSettings => new()
    {
        { "batch", "expected a training with batch size 10, found one with 5." },
        { "seed", "expected a training with seed 7, found one with 0." },
        { "optimizer", "expected a training with optimizer SGD, found one with Adam." },
        { "schedule", "expected a training with schedule CosineDecay(Least 0), found one with StepDecay(parts 3, factor 0.1)." },
        { "setting of the schedule", "expected a training with schedule StepDecay(parts 2, factor 0.1), found one with StepDecay(parts 3, factor 0.1)." },
        { "augmentation", "expected a training with augmentation Noise(deviation 0.2), found one with Noise(deviation 0.1)." },
        { "learning rate", "expected a training with learning rate 0.01, found one with 0.001." },
        { "more epochs", "expected a training with epochs of the schedule 5, found one with 4." },
        { "data", "expected a training with training samples 31, found one with 30." },
        { "values", "expected a training with hash of the training data " },
        { "network", "expected a training with network WidePointNet, found one with PointNet." },
    };

    [Theory]
    [MemberData(nameof(OtherSettings))]
    public void A_checkpoint_of_another_training_is_refused_and_nothing_changed(string what, string message)
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        new Trainer<PointNet>(new PointNet(seed: 1), new Adam())
        {
            Epochs = 4,
            BatchSize = 5,
            Schedule = new StepDecay(3),
            Augmentation = new Noise(0.1f),
            Checkpoints = new Checkpoints(_folder),
        }.Fit(data);
        ITrainable network = what == "network" ? new WidePointNet(seed: 2) : new PointNet(seed: 2);
        float[] before = network.Parameters.ToArray();
        Trainer<ITrainable> trainer = new(network, what == "optimizer" ? new SGD() : new Adam(what == "learning rate" ? 1e-2f : 1e-3f))
        {
            Epochs = what == "more epochs" ? 5 : 4,
            BatchSize = what == "batch" ? 10 : 5,
            Seed = what == "seed" ? 7 : 0,
            Schedule = what == "schedule" ? new CosineDecay() : new StepDecay(what == "setting of the schedule" ? 2 : 3),
            Augmentation = new Noise(what == "augmentation" ? 0.2f : 0.1f),
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
    public void A_checkpoint_of_more_epochs_is_refused()
    {
        NewTrainer(new PointNet(seed: 1), new Adam(), _folder, epochs: 4).Fit(Samples.OfClasses(9, 10, 11));
        AssertRefused(new Adam(), "expected a training with epochs, or more 4, found one with 3.", epochs: 3);
    }

    public static TheoryData<string, string> OtherOptimizers => new()
    {
        { "AmsGrad", "expected an optimizer with AmsGrad True, found one with False." },
        { "Beta1", "expected an optimizer with Beta1 0.8, found one with 0.9." },
        { "Groups", "expected an optimizer with Groups dense1: Frozen; *.bias: LearningRateFactor 2, found one with none." },
        { "AccumulationSteps", "expected an optimizer with AccumulationSteps 2, found one with 1." },
        { "AverageDecay", "expected an optimizer with AverageDecay 0.5, found one with 0." },
        { "ClipNorm", "expected an optimizer with ClipNorm 1, found one with none." },
    };

    [Theory]
    [MemberData(nameof(OtherOptimizers))]
    public void A_checkpoint_of_an_optimizer_with_other_settings_is_refused_and_nothing_changed(string setting, string message)
    {
        NewTrainer(new PointNet(seed: 1), new Adam(), _folder).Fit(Samples.OfClasses(9, 10, 11));
        AssertRefused(setting switch
        {
            "AmsGrad" => new Adam { AmsGrad = true },
            "Beta1" => new Adam { Beta1 = 0.8f },
            "Groups" => new Adam { Groups = [new("dense1") { Frozen = true }, new("*.bias") { LearningRateFactor = 2 }] },
            "AccumulationSteps" => new Adam { AccumulationSteps = 2 },
            "AverageDecay" => new Adam { AverageDecay = 0.5f },
            _ => new Adam { ClipNorm = 1 },
        }, message);
    }

    [Fact]
    public void A_checkpoint_of_a_momentum_that_there_was_not_is_refused_and_nothing_changed()
    {
        NewTrainer(new PointNet(seed: 1), new SGD(), _folder).Fit(Samples.OfClasses(9, 10, 11));
        AssertRefused(new SGD { Momentum = 0.9f }, "expected an optimizer with Momentum 0.9, found one with 0.");
    }

    [Fact]
    public void A_checkpoint_without_the_best_network_is_refused_where_that_is_to_be_restored()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        new Trainer<PointNet>(new PointNet(seed: 1), new Adam())
        {
            Epochs = 4,
            BatchSize = 5,
            EarlyStopping = new EarlyStopping(patience: 4) { RestoreBest = false },
            Checkpoints = new Checkpoints(_folder),
        }.Fit(data);
        AssertRefused(new Adam(), "expected a training with EarlyStopping.RestoreBest, found one without, and its best network was not kept.");
    }

    [Fact]
    public void A_checkpoint_of_the_same_class_with_other_layers_is_refused_as_such()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        NewTrainer(new Earlier.PointNet(seed: 1), new Adam(), _folder, best: true).Fit(data);
        NetworkFormatException exception = Assert.Throws<NetworkFormatException>(() => NewTrainer(new PointNet(), new Adam(), _folder, best: true).Fit(data));

        Assert.Contains(": expected a training with network PointNet, found one with PointNet of another architecture. Train with ", exception.Message);
    }

    /// <summary>A path into the record, the JSON to put there, and what the error expects.</summary>
    public static TheoryData<string, string, string> Damage => new()
    {
        { "settings", "null", "netgen.training that is the record of a training" },
        { "settings/network", "null", "netgen.training that is the record of a training" },
        { "settings/batchSize", "-5", "a training with batch size 5" },
        { "settings/epochs", "\"four\"", "netgen.training that is the record of a training" },
        { "settings", "[]", "netgen.training that is the record of a training" },
        { "version", "99", "a checkpoint of version 2, found 99. A newer NetGen wrote the file" },
        { "version", "1", "a checkpoint of version 2, found 1. It does not say with which settings it was trained" },
        { "scheduleState", "null", "netgen.training that is the record of a training" },
        { "scheduleState", "[1]", "4 numbers of the schedule" },
        { "scheduleState", "[\"NaN\",1,0,0]", "a state of the schedule that gives a learning rate" },
        { "scheduleState", "[-1,1,0,0]", "a state of the schedule that gives a learning rate" },
        { "scheduleState", "[1e300,1,0,0]", "a state of the schedule that gives a learning rate" },
        { "learningRate", "\"NaN\"", "learning rate from 0 to " },
        { "learningRate", "-1", "learning rate from 0 to " },
        { "learningRate", "1e300", "learning rate from 0 to " },
        { "stepCount", "-1", "steps of the network from 12 to " },
        { "stepCount", "9223372036854775807", "steps of the network from 12 to " },
        { "stepCount", "1.5", "netgen.training that is the record of a training" },
        { "position", "null", "netgen.training that is the record of a training" },
        { "position/epoch", "-1", "epoch 3" },
        { "position/epoch", "2147483647", "epoch 3" },
        { "position/batch", "-1", "batches from 0 to 6" },
        { "position/batch", "7", "batches from 0 to 6" },
        { "position/skipped", "-1", "skipped batches 0" },
        { "position/samples", "9223372036854775807", "samples from 0 to 30" },
        { "position/step", "9223372036854775807", "steps of the training from 0 to 12" },
        { "position/firstOrder", "-9223372036854775808", "order of samples from 0 to " },
        { "position/baseRate", "\"Infinity\"", "learning rate from 0 to " },
        { "position/seconds", "\"NaN\"", "seconds from 0 to " },
        { "position/seconds", "1e300", "seconds from 0 to " },
        { "position/epochSeconds", "-1", "seconds from 0 to " },
        { "position/kept", "null", "netgen.training that is the record of a training" },
        { "position/kept", "[{\"epoch\":-3,\"score\":0}]", "kept epoch from 1 to 2" },
        { "lossSum", "\"NaN\"", "sum of losses from " },
        { "lossWeight", "-1", "weight of losses from 0 to " },
        { "history", "null", "netgen.training that is the record of a training" },
        { "history", "[]", "epoch 1" },
        { "history/1/epoch", "1", "the results of epoch 2" },
        { "history/1", "null", "netgen.training that is the record of a training" },
        { "bestEpoch", "3", "best epoch from 0 to 2" },
    };

    [Theory]
    [MemberData(nameof(Damage))]
    public void A_record_that_no_training_writes_is_refused_and_nothing_changed(string path, string json, string expected)
    {
        Schedule NewSchedule() => new ReduceOnPlateau();
        Dataset data = Samples.OfClasses(9, 10, 11);
        NewTrainer(new PointNet(seed: 1), new Adam(), _folder, epochs: 2, best: true, NewSchedule()).Fit(data);
        JsonNode record = JsonNode.Parse(ReadRecord())!;
        (JsonNode parent, string name) = Find(record, path);
        if (int.TryParse(name, out int index))
        {
            parent[index] = JsonNode.Parse(json);
        }
        else
        {
            Assert.NotNull(parent[name]);
            parent[name] = JsonNode.Parse(json);
        }
        WriteRecord(record.ToJsonString());

        AssertRefused(new Adam(), "expected " + expected, epochs: 2, NewSchedule());
    }

    [Theory]
    [InlineData("scheduleState")]
    [InlineData("bestEpoch")]
    [InlineData("history")]
    [InlineData("settings/metrics")]
    public void A_record_that_lacks_something_is_refused_and_nothing_changed(string path)
    {
        NewTrainer(new PointNet(seed: 1), new Adam(), _folder).Fit(Samples.OfClasses(9, 10, 11));
        JsonNode record = JsonNode.Parse(ReadRecord())!;
        (JsonNode parent, string name) = Find(record, path);
        Assert.True(parent.AsObject().Remove(name));
        WriteRecord(record.ToJsonString());

        AssertRefused(new Adam(), "expected netgen.training that is the record of a training, found ");
    }

    /// <summary>What a path leads into, and its last name there.</summary>
    private static (JsonNode Parent, string Name) Find(JsonNode record, string path)
    {
        string[] names = path.Split('/');
        foreach (string name in names[..^1])
        {
            record = int.TryParse(name, out int index) ? record[index]! : record[name]!;
        }
        return (record, names[^1]);
    }

    [Theory]
    [InlineData("netgen.optimizer.steps", "-1")]
    [InlineData("netgen.optimizer.steps", "9223372036854775807")]
    [InlineData("netgen.optimizer.steps", "")]
    [InlineData("netgen.optimizer.remembers", "2000000000")]
    [InlineData("netgen.step", "-1")]
    public void A_count_that_no_training_writes_is_refused_and_nothing_changed(string key, string value)
    {
        NewTrainer(new PointNet(seed: 1), new Adam(), _folder).Fit(Samples.OfClasses(9, 10, 11));
        Rewrite(metadata => metadata[key] = value);
        AssertRefused(new Adam(), "expected ");
    }

    /// <summary>Of a sequence the network carries 4 floats, of a batch 5 times as many.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(35)]
    [InlineData(40)]
    public void Carried_states_that_fit_no_batch_are_refused_and_nothing_changed(int count)
    {
        Dataset windows = Windows;
        CancelAt(new WindowNet(seed: 1), new Adam(), step: 3, _folder, windows);
        WriteCarried(count);
        WindowNet network = new(seed: 2);
        float[] before = network.Parameters.ToArray();
        NetworkFormatException exception = Assert.Throws<NetworkFormatException>(() => NewTrainer(network, new Adam(), _folder).Fit(windows));

        Assert.Equal("netgen.carried", exception.Tensor);
        Assert.Contains("expected F32, the states of 5 sequences of 4 floats, found " + (count == 0 ? "no such tensor" : $"F32 [{count}]") + ", said to be of 5 sequences", exception.Message);
        Assert.Equal(before, network.Parameters.ToArray());
        Assert.True(((IStateful)network).CarriedStates.IsEmpty);
    }

    /// <summary>Puts zeros into the checkpoint in the place of its carried states; none at all for a count of 0.</summary>
    private void WriteCarried(int count)
    {
        SafetensorsFile file = SafetensorsFile.Read(LastPath);
        List<SafetensorsTensor> tensors = [.. file.Tensors.Where(tensor => tensor.Name != "netgen.carried")];
        if (count > 0)
        {
            tensors.Add(new SafetensorsTensor("netgen.carried", new Shape(count), new float[count]));
        }
        new SafetensorsFile(tensors, file.Metadata).Write(LastPath);
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

    private string ReadRecord() => SafetensorsFile.Read(LastPath).Metadata["netgen.training"];

    private void WriteRecord(string json) => Rewrite(metadata => metadata["netgen.training"] = json);

    private void Rewrite(Action<Dictionary<string, string>> change)
    {
        SafetensorsFile file = SafetensorsFile.Read(LastPath);
        Dictionary<string, string> metadata = new(file.Metadata);
        change(metadata);
        new SafetensorsFile(file.Tensors, metadata).Write(LastPath);
    }

    /// <summary>A training that finds the checkpoint refuses it, and leaves the network, the optimizer, the schedule and the file as they were.</summary>
    private void AssertRefused(Optimizer optimizer, string message, int epochs = 4, Schedule? schedule = null)
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        PointNet network = new(seed: 2);
        (float[] parameters, float[] state, float rate, byte[] file) = (network.Parameters.ToArray(), network.State.ToArray(), optimizer.LearningRate, File.ReadAllBytes(LastPath));
        double[]? remembered = schedule?.State.ToArray();
        NetworkFormatException exception = Assert.Throws<NetworkFormatException>(() => NewTrainer(network, optimizer, _folder, epochs, best: true, schedule).Fit(data));

        Assert.StartsWith(LastPath + ": ", exception.Message);
        Assert.Contains(message, exception.Message);
        Assert.Equal(parameters, network.Parameters.ToArray());
        Assert.Equal(state, network.State.ToArray());
        Assert.Equal((0, 2), (network.StepCount, ((ITrainable)network).Seed));
        Assert.Equal(rate, optimizer.LearningRate);
        Assert.Equal(remembered, schedule?.State.ToArray());
        Assert.Equal(file, File.ReadAllBytes(LastPath));
        // It is still nobody's.
        new Trainer<WidePointNet>(new WidePointNet(), optimizer) { Epochs = 1 }.Fit(data);
    }
}
