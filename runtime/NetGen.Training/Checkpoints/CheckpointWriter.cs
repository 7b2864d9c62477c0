using System.Globalization;

namespace NetGen.Training;

/// <summary>Writes the checkpoints of one training into its folder, when they are due, and finds the one that is there.</summary>
internal sealed class CheckpointWriter
{
    private const string FileName = "last.safetensors";

    private readonly Checkpoints _options;
    private readonly TrainingSettings _settings;
    private readonly TimeProvider _clock;
    private readonly string _path;
    private (int Epoch, int Batch) _written = (0, 0);
    private long _writtenStep;
    private long _writtenAt;

    /// <summary>Makes the folder, and removes what a killed process left half-written.</summary>
    /// <exception cref="IOException">The folder cannot be made or written to.</exception>
    public CheckpointWriter(Checkpoints options, TrainingSettings settings, TimeProvider clock)
    {
        _options = options;
        _settings = settings;
        _clock = clock;
        _path = Path.Combine(options.Folder, FileName);
        try
        {
            Directory.CreateDirectory(options.Folder);
            foreach (string half in Directory.EnumerateFiles(options.Folder, "*.safetensors.*.tmp"))
            {
                File.Delete(half);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"Cannot keep checkpoints in '{options.Folder}': {exception.Message.TrimEnd('.')}. Give Checkpoints a folder that can be written to.", exception);
        }
    }

    /// <summary>Goes back to where the folder's checkpoint was written.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="NetworkFormatException">It is damaged, or of another training; nothing has been changed.</exception>
    public bool TryResume(ITrainable network, Optimizer optimizer, Schedule? schedule, TrainingPosition position, TrainingHistory history, BestEpoch? best)
    {
        if (!File.Exists(_path))
        {
            return false;
        }
        CheckpointFile.Load(_path, _settings, network, optimizer, schedule, position, history, best);
        Remember(network, position);
        return true;
    }

    /// <summary>Whether the time for the next one has come.</summary>
    public bool IsDue(TrainingPosition position, long step)
    {
        if (_options.EverySteps is null && _options.Every is null)
        {
            return position.Batch == 0;
        }
        return step - _writtenStep >= _options.EverySteps || _clock.GetElapsedTime(_writtenAt) >= _options.Every;
    }

    /// <summary>Whether the last one was written right here.</summary>
    public bool HasWritten(TrainingPosition position) => _written == (position.Epoch, position.Batch);

    /// <exception cref="IOException">It cannot be written; the one before is still there.</exception>
    public void Write(ITrainable network, Optimizer optimizer, Schedule? schedule, TrainingPosition position, TrainingHistory history, BestEpoch? best)
    {
        Write(_path, "The one before is still there.", path => CheckpointFile.Of(network, optimizer, schedule, position, history, best).Write(path));
        Remember(network, position);
    }

    /// <summary>Keeps the network of an epoch that is among the best so far, and no longer the worst of those kept.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void KeepIfGood(int epoch, double score, INetwork network, TrainingPosition position)
    {
        // Apart, because the closures of the rest are allocated where it begins.
        if (_options.KeepBest > 0 && !double.IsNaN(score))
        {
            Keep(epoch, score, network, position);
        }
    }

    private void Keep(int epoch, double score, INetwork network, TrainingPosition position)
    {
        List<KeptEpoch> kept = position.Kept;
        int place = kept.FindIndex(other => score < other.Score);
        place = place < 0 ? kept.Count : place;
        if (place >= _options.KeepBest)
        {
            return;
        }
        Write(PathOf(epoch), "The checkpoint is as it was.", path => network.Save(path));
        kept.Insert(place, new KeptEpoch(epoch, score));
        while (kept.Count > _options.KeepBest)
        {
            File.Delete(PathOf(kept[^1].Epoch));
            kept.RemoveAt(kept.Count - 1);
        }
    }

    private void Remember(ITrainable network, TrainingPosition position)
    {
        _written = (position.Epoch, position.Batch);
        _writtenStep = network.StepCount;
        _writtenAt = _clock.GetTimestamp();
    }

    private string PathOf(int epoch) => Path.Combine(_options.Folder, string.Create(CultureInfo.InvariantCulture, $"epoch-{epoch}.safetensors"));

    private static void Write(string path, string consolation, Action<string> write)
    {
        try
        {
            write(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // The last is what .NET makes of a file that is larger than its file system, or the user's limit, allows.
            throw new IOException($"Cannot write '{path}': {exception.Message.TrimEnd('.')}. {consolation} Make room, or give Checkpoints another folder.", exception);
        }
    }
}
