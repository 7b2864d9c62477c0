using System.Globalization;
using System.Text.Json;

namespace NetGen.Training;

/// <summary>A checkpoint as a safetensors file: the network's tensors under their own names, all else under names that begin with <c>netgen.</c></summary>
internal static class CheckpointFile
{
    private const string RecordKey = "netgen.training";
    private const string BestPrefix = "netgen.best.";
    private const string Carried = "netgen.carried";

    public static SafetensorsFile Of(TrainingSettings settings, ITrainable network, Optimizer optimizer, Schedule? schedule, TrainingPosition position, TrainingHistory history, BestEpoch? best)
    {
        CheckpointRecord record = new()
        {
            Version = CheckpointRecord.CurrentVersion,
            // A network that goes on has the seed of the one that began.
            Settings = settings with { NetworkSeed = network.Seed },
            StepCount = network.StepCount,
            LearningRate = optimizer.LearningRate,
            ScheduleState = schedule is null ? [] : schedule.State.ToArray(),
            Position = position,
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
        if (network is IStateful { CarriedStates: { IsEmpty: false } states })
        {
            tensors.Add(new SafetensorsTensor(Carried, new Shape(states.Length), states));
        }
        return new SafetensorsFile(tensors, metadata);
    }

    /// <summary>Gives all that <see cref="Of"/> took back. All that can fail comes before the first change.</summary>
    /// <exception cref="NetworkFormatException">The file is damaged, or of another training.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void Load(
        string path, TrainingSettings settings, ITrainable network, Optimizer optimizer, Schedule? schedule, TrainingPosition position, TrainingHistory history, BestEpoch? best)
    {
        SafetensorsFile file = SafetensorsFile.Read(path);
        CheckpointRecord record = ReadRecord(file, path);
        CheckSettings(record.Settings, settings, path);
        CheckPlace(record, settings, path);
        Span<double> scheduleState = schedule is null ? [] : schedule.State;
        if (record.ScheduleState.Length != scheduleState.Length)
        {
            throw NetworkFormatException.Create(
                path, null, $"{scheduleState.Length} numbers of the schedule", string.Create(CultureInfo.InvariantCulture, $"{record.ScheduleState.Length}"), SafetensorsHeader.Damaged);
        }
        bool hasBest = best is not null && record.BestEpoch > 0 && best.Parameters.Length > 0;
        if (hasBest)
        {
            FlatTensors.Check(file, path, [.. network.Info.Parameters, .. network.Info.State], BestPrefix);
        }
        OptimizerFile.Check(optimizer, network, file, path);
        LoadNetwork(network, file, path);
        OptimizerFile.Load(optimizer, network, file, path);
        network.StepCount = record.StepCount;
        network.Seed = record.Settings.NetworkSeed;
        optimizer.LearningRate = record.LearningRate;
        record.ScheduleState.CopyTo(scheduleState);
        position.CopyFrom(record.Position);
        position.Mean = new WeightedMean(network.Info, record.LossSum, record.LossWeight);
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

    /// <summary>Loads parameters and state, and the states that are carried between batches. What fails changes nothing.</summary>
    private static void LoadNetwork(ITrainable network, SafetensorsFile file, string path)
    {
        float[] before = [];
        var stateful = network as IStateful;
        if (stateful is not null)
        {
            SafetensorsTensor? carried = file.Find(Carried);
            float[] states = new float[carried?.Count ?? 0];
            before = stateful.CarriedStates.ToArray();
            try
            {
                carried?.CopyTo(states);
                stateful.RestoreStates(states);
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
            {
                throw NetworkFormatException.Create(path, Carried, "the states of a whole number of sequences, as F32", exception.Message, SafetensorsHeader.Damaged, exception);
            }
        }
        try
        {
            NetworkLoader.Load(network, file, path, new LoadOptions());
        }
        catch (NetworkFormatException)
        {
            stateful?.RestoreStates(before);
            throw;
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
        if (record is null || record.Version is < 1 or > CheckpointRecord.CurrentVersion)
        {
            throw NetworkFormatException.Create(
                path, null, $"a checkpoint of version {CheckpointRecord.CurrentVersion} or older", $"{record?.Version}", "A newer NetGen wrote the file: update the NetGen.Training package.");
        }
        return record;
    }

    /// <summary>Refuses a place in a training that none of these settings comes to, such as epoch -1, and counts, times and rates that are none.</summary>
    private static void CheckPlace(CheckpointRecord record, TrainingSettings settings, string path)
    {
        TrainingPosition position = record.Position;
        Check("epoch", position.Epoch, position.Epoch >= 1 && position.Epoch - 1 <= settings.Epochs);
        Check("batch", position.Batch, position.Batch >= 0 && position.Batch <= settings.BatchesPerEpoch);
        Check("number of results", record.History.Length, record.History.Length == position.Epoch - 1);
        Check("number of steps", record.StepCount, record.StepCount >= 0);
        Check("number of steps", position.Step, position.Step >= 0);
        Check("number of samples", position.Samples, position.Samples >= 0);
        Check("number of skipped batches", position.Skipped, position.Skipped >= 0);
        Check("first order of samples", position.FirstOrder, position.FirstOrder >= 0);
        Check("time", position.Seconds, position.Seconds is >= 0 and < 1e9);
        Check("time", position.EpochSeconds, position.EpochSeconds is >= 0 and < 1e9);
        Check("learning rate", record.LearningRate, record.LearningRate >= 0 && float.IsFinite(record.LearningRate));
        Check("learning rate", position.BaseRate, position.BaseRate >= 0 && float.IsFinite(position.BaseRate));

        void Check<T>(string what, T found, bool fits)
        {
            if (!fits)
            {
                throw NetworkFormatException.Create(path, null, $"the {what} of a training of {settings.Epochs} epochs", string.Create(CultureInfo.InvariantCulture, $"{found}"), SafetensorsHeader.Damaged);
            }
        }
    }

    private static void CheckSettings(TrainingSettings found, TrainingSettings expected, string path)
    {
        Compare("network", expected.Network, found.Network);
        Compare("optimizer", expected.Optimizer, found.Optimizer);
        Compare("schedule", expected.Schedule, found.Schedule);
        Compare("augmentation", expected.Augmentation, found.Augmentation);
        Compare("mix-up", expected.MixUp, found.MixUp);
        Compare("training samples", expected.TrainingSamples, found.TrainingSamples);
        Compare("batch size", expected.BatchSize, found.BatchSize);
        Compare("batches an epoch", expected.BatchesPerEpoch, found.BatchesPerEpoch);
        Compare("seed", expected.Seed, found.Seed);
        Compare("validation samples", expected.ValidationSamples, found.ValidationSamples);
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
                throw NetworkFormatException.Create(
                    path, null, string.Create(CultureInfo.InvariantCulture, $"a training with {what} {Print(expected)}"), string.Create(CultureInfo.InvariantCulture, $"one with {Print(found)}"),
                    "Train with the settings and data that it was begun with; delete the file, or give Checkpoints another folder, to start anew.");
            }
        }

        static string Print<T>(T value) => string.Create(CultureInfo.InvariantCulture, $"{(object?)value ?? "none"}");
    }
}
