using System.Globalization;
using System.Text.Json;

namespace NetGen.Training;

/// <summary>A checkpoint as a safetensors file: the network's tensors under their own names, all else under names that begin with <c>netgen.</c></summary>
internal static class CheckpointFile
{
    private const string RecordKey = "netgen.training";
    private const string BestPrefix = "netgen.best.";
    private const string Carried = "netgen.carried";

    public static SafetensorsFile Of(
        ITrainable network, Optimizer optimizer, Schedule? schedule, TrainingPosition position, TrainingHistory history, BestEpoch? best)
    {
        // An epoch starts at zero, whatever an observer left there.
        ReadOnlySpan<float> carried = network is IStateful stateful && position.Batch > 0 ? stateful.CarriedStates : [];
        CheckpointRecord record = new()
        {
            Version = CheckpointRecord.CurrentVersion,
            Settings = history.Settings,
            StepCount = network.StepCount,
            Seed = network.Seed,
            LearningRate = optimizer.LearningRate,
            ScheduleState = schedule is null ? [] : schedule.State.ToArray(),
            Position = position,
            CarriedSequences = carried.IsEmpty ? 0 : carried.Length / ((IStateful)network).CarriedSize,
            LossSum = position.Mean.Sum,
            LossWeight = position.Mean.Weight,
            History = [.. history],
            BestEpoch = best?.Epoch ?? 0,
            BestScore = best?.Score ?? 0,
        };
        List<SafetensorsTensor> tensors = [.. FlatTensors.Of(network.Parameters, network.Info.Parameters), .. FlatTensors.Of(network.State, network.Info.State)];
        Dictionary<string, string> metadata = NetworkMetadata.Of(network);
        metadata.Add(RecordKey, JsonSerializer.Serialize(record, TrainingJson.Default.CheckpointRecord));
        OptimizerFile.Save(optimizer, network, tensors, metadata);
        if (best is { HasNetwork: true })
        {
            tensors.AddRange(FlatTensors.Of(best.Parameters, network.Info.Parameters, BestPrefix));
            tensors.AddRange(FlatTensors.Of(best.State, network.Info.State, BestPrefix));
        }
        if (!carried.IsEmpty)
        {
            tensors.Add(new SafetensorsTensor(Carried, new Shape(carried.Length), carried));
        }
        return new SafetensorsFile(tensors, metadata);
    }

    /// <summary>Gives all that <see cref="Of"/> took back. All that can fail comes before the first change.</summary>
    /// <exception cref="NetworkFormatException">The file is damaged, or of another training.</exception>
    /// <exception cref="InvalidOperationException">The optimizer is of another network, or a group of it names no parameter.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void Load(
        string path, TrainingSettings settings, ITrainable network, Optimizer optimizer, Schedule? schedule, TrainingPosition position, TrainingHistory history, BestEpoch? best)
    {
        SafetensorsFile file = SafetensorsFile.Read(path);
        NetworkMetadata.CheckVersion(file, path);
        CheckpointRecord record = ReadRecord(file, path);
        CheckNetwork(file, network.Info, path);
        CheckSettings(record.Settings, settings, path);
        RecordCheck.Check(record, settings, path);
        CheckRate(record, optimizer.LearningRate, path);
        bool hasBest = best is not null && record.BestEpoch > 0 && best.Parameters.Length > 0;
        if (hasBest)
        {
            if (!file.Tensors.Any(tensor => tensor.Name.StartsWith(BestPrefix, StringComparison.Ordinal)))
            {
                throw OtherTraining(path, $"{nameof(EarlyStopping)}.{nameof(EarlyStopping.RestoreBest)}", "without, and its best network was not kept");
            }
            FlatTensors.Check(file, path, [.. network.Info.Parameters, .. network.Info.State], BestPrefix);
        }
        OptimizerFile.Check(optimizer, network, file, path);
        NetworkLoader loader = NetworkLoader.Check(network, file, path, new LoadOptions());
        RecordCheck.CheckSchedule(record, settings, schedule, path);
        float[] carried = network is IStateful carrier ? CarriedIn(file, carrier, record, path) : [];

        loader.Write();
        OptimizerFile.Load(optimizer, network, file, path);
        network.StepCount = record.StepCount;
        network.Seed = record.Seed;
        (network as IStateful)?.RestoreStates(carried);
        optimizer.LearningRate = record.LearningRate;
        record.ScheduleState.CopyTo(schedule is null ? [] : schedule.State);
        position.CopyFrom(record.Position);
        position.Mean = new WeightedMean(network.Info, record.LossSum, record.LossWeight);
        // A training that goes on has the seed and the rate of the one that began.
        history.Settings = settings with { NetworkSeed = record.Settings.NetworkSeed, Optimizer = record.Settings.Optimizer };
        history.AddRange(record.History);
        if (best is not null)
        {
            (best.Epoch, best.Score) = (record.BestEpoch, record.BestScore);
        }
        if (hasBest)
        {
            FlatTensors.Load(file, best!.Parameters, network.Info.Parameters, BestPrefix);
            FlatTensors.Load(file, best.State, network.Info.State, BestPrefix);
        }
    }

    /// <summary>The states that the next batch starts with: of each sequence of a batch, or none.</summary>
    private static float[] CarriedIn(SafetensorsFile file, IStateful network, CheckpointRecord record, string path)
    {
        SafetensorsTensor? carried = file.Find(Carried);
        if (carried is null && record.CarriedSequences == 0)
        {
            return [];
        }
        int sequences = record.Settings.BatchSize;
        if (record.CarriedSequences != sequences || carried?.Type != SafetensorsType.F32 || carried.Count != (long)sequences * network.CarriedSize)
        {
            string found = carried is null ? "no such tensor" : $"{SafetensorsTypes.NameOf(carried.Type)} [{string.Join(", ", carried.Shape)}]";
            throw NetworkFormatException.Create(
                path, Carried, FormattableString.Invariant($"F32, the states of {sequences} sequences of {network.CarriedSize} floats"),
                FormattableString.Invariant($"{found}, said to be of {record.CarriedSequences} sequences"), SafetensorsHeader.Damaged);
        }
        float[] states = new float[carried.Count];
        carried.CopyTo(states);
        return states;
    }

    private static void CheckNetwork(SafetensorsFile file, NetworkInfo info, string path)
    {
        if (NetworkMetadata.IsOf(file, info) == false)
        {
            string found = NetworkMetadata.NameOf(file);
            throw OtherTraining(path, $"network {info.Name}", found == info.Name ? $"with {found} of another architecture" : $"with {found}");
        }
    }

    private static CheckpointRecord ReadRecord(SafetensorsFile file, string path)
    {
        if (!file.Metadata.TryGetValue(RecordKey, out string? json))
        {
            throw NetworkFormatException.Create(path, null, "the checkpoint of a training", "a network without one", "Load it with the network's Load, and give Checkpoints another folder.");
        }
        CheckpointRecord? record;
        try
        {
            record = JsonSerializer.Deserialize(json, TrainingJson.Default.CheckpointRecord);
        }
        catch (JsonException exception)
        {
            throw NetworkFormatException.Create(path, null, $"{RecordKey} that is the record of a training", exception.Message, SafetensorsHeader.Damaged, exception);
        }
        if (record is null || record.Version != CheckpointRecord.CurrentVersion)
        {
            throw NetworkFormatException.Create(
                path, null, $"a checkpoint of version {CheckpointRecord.CurrentVersion}", $"{record?.Version}",
                record?.Version > CheckpointRecord.CurrentVersion
                    ? "A newer NetGen wrote the file: update the NetGen.Training package."
                    : "It does not say with which settings it was trained: finish with the NetGen that wrote it, or delete it to start anew.");
        }
        return record;
    }

    private static void CheckSettings(TrainingSettings found, TrainingSettings expected, string path)
    {
        Compare("network", expected.Network, found.Network);
        // Its settings are compared one by one, where its memories are checked.
        Compare("optimizer", ClassOf(expected.Optimizer), ClassOf(found.Optimizer));
        Compare("schedule", expected.Schedule, found.Schedule);
        Compare("augmentation", expected.Augmentation, found.Augmentation);
        Compare("mix-up", expected.MixUp, found.MixUp);
        Compare("training samples", expected.TrainingSamples, found.TrainingSamples);
        Compare("batch size", expected.BatchSize, found.BatchSize);
        Compare("batches an epoch", expected.BatchesPerEpoch, found.BatchesPerEpoch);
        Compare("seed", expected.Seed, found.Seed);
        Compare("validation samples", expected.ValidationSamples, found.ValidationSamples);
        Compare("metrics", expected.Metrics, found.Metrics);
        Compare("hash of the training data", expected.DataHash, found.DataHash);
        if (found.Epochs != expected.Epochs && expected.Schedule is not null)
        {
            // A schedule spans all epochs, so that earlier steps would have had other rates.
            Compare("epochs of the schedule", expected.Epochs, found.Epochs);
        }
        else if (found.Epochs > expected.Epochs)
        {
            Compare("epochs, or more", found.Epochs, expected.Epochs);
        }

        void Compare<T>(string what, T expected, T found)
        {
            if (!EqualityComparer<T>.Default.Equals(expected, found))
            {
                throw OtherTraining(path, $"{what} {Print(expected)}", $"with {Print(found)}");
            }
        }

        static string ClassOf(string optimizer) => optimizer.Split('(')[0];

        static string Print<T>(T value) => string.Create(CultureInfo.InvariantCulture, $"{(value is null or "" ? "none" : value)}");
    }

    /// <summary>
    /// Checks that the checkpoint's rate replaces none that was meant: an optimizer has the rate that the training began with, or, where it has made
    /// its steps, that of the last one.
    /// </summary>
    private static void CheckRate(CheckpointRecord record, float rate, string path)
    {
        if (rate != record.Position.BaseRate && rate != record.LearningRate)
        {
            throw OtherTraining(
                path, FormattableString.Invariant($"learning rate {rate}"), FormattableString.Invariant($"with {record.Position.BaseRate}"));
        }
    }

    private static NetworkFormatException OtherTraining(string path, string expected, string found) => NetworkFormatException.Create(
        path, null, $"a training with {expected}", $"one {found}",
        "Train with the settings and data that it was begun with; delete the file, or give Checkpoints another folder, to start anew.");
}
