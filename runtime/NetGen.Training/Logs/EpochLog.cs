namespace NetGen.Training;

/// <summary>
/// A text file with a line for each epoch, flushed when the epoch ends. When training begins the file is written anew, and when it goes on from a
/// checkpoint, with the lines of the epochs before: no epoch is there twice. A line allocates about 1 kB.
/// </summary>
public abstract class EpochLog : TrainingObserver
{
    private readonly string _path;
    private StreamWriter? _writer;

    private protected EpochLog(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
    }

    /// <summary>The first line; null where there is none.</summary>
    private protected abstract string? Header(TrainingSettings settings);

    /// <summary>The line of an epoch.</summary>
    private protected abstract string Line(in EpochResult result);

    /// <inheritdoc/>
    public sealed override void Begin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _writer = new StreamWriter(_path) { NewLine = "\n" };
        if (Header(context.Settings) is { } header)
        {
            _writer.WriteLine(header);
        }
        foreach (EpochResult result in context.History)
        {
            _writer.WriteLine(Line(result));
        }
        _writer.Flush();
    }

    /// <inheritdoc/>
    public sealed override void Epoch(in EpochResult result, TrainingContext context)
    {
        _writer!.WriteLine(Line(result));
        _writer.Flush();
    }

    /// <inheritdoc/>
    public sealed override void End(TrainingContext context)
    {
        _writer?.Dispose();
        _writer = null;
    }
}
