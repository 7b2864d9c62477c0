using System.Globalization;

namespace NetGen.Training;

/// <summary>Shows on the console how far a training is. Each line that is written allocates its text, about 1 kB; nothing else does.</summary>
public sealed class ConsoleProgress
{
    private const int WidestBar = 20;
    private const int NarrowestBar = 4;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter _writer;
    private readonly ProgressStyle _style;
    private readonly int _width;
    private readonly TimeProvider _clock;

    private int _epochs;
    private int _batchesPerEpoch;
    private TimeSpan? _limit;
    private TimeSpan _before;
    private long _begun;
    private long _lastShown;
    private int _shownLength;
    private EpochResult? _last;

    /// <summary>Writes to <paramref name="writer"/>, in lines of at most <paramref name="width"/> characters where they are rewritten.</summary>
    internal ConsoleProgress(TextWriter writer, ProgressStyle style, int width, TimeProvider clock)
    {
        _writer = writer;
        _style = style;
        _width = width;
        _clock = clock;
    }

    /// <summary>
    /// In a terminal, a bar with the time left on one line that is rewritten ten times a second; one plain line an epoch where output is redirected.
    /// </summary>
    public static ConsoleProgress Auto => Console.IsOutputRedirected
        ? new ConsoleProgress(Console.Out, ProgressStyle.Lines, int.MaxValue, TimeProvider.System)
        : new ConsoleProgress(Console.Out, ProgressStyle.Bar, WindowWidth(), TimeProvider.System);

    /// <summary>Shows nothing.</summary>
    public static ConsoleProgress None { get; } = new(TextWriter.Null, ProgressStyle.None, 0, TimeProvider.System);

    /// <param name="epochs">Epochs of the training.</param>
    /// <param name="batchesPerEpoch">Batches of one.</param>
    /// <param name="limit">When it ends though epochs are left; null for never.</param>
    /// <param name="before">How long it took to get where it goes on; 0 for one that begins.</param>
    internal void Begin(int epochs, int batchesPerEpoch, TimeSpan? limit = null, TimeSpan before = default)
    {
        if (_style == ProgressStyle.None)
        {
            return;
        }
        _epochs = epochs;
        _batchesPerEpoch = batchesPerEpoch;
        _limit = limit;
        _before = before;
        _begun = _clock.GetTimestamp();
        _lastShown = _begun;
        _shownLength = 0;
        _last = null;
    }

    internal void ShowBatch(int epoch, int batch, double meanLoss)
    {
        if (_style != ProgressStyle.Bar || _clock.GetElapsedTime(_lastShown) < Interval)
        {
            return;
        }
        ShowBar(epoch, batch, meanLoss);
    }

    internal void ShowEpoch(in EpochResult result)
    {
        switch (_style)
        {
            case ProgressStyle.Lines:
                string speed = string.Create(CultureInfo.InvariantCulture, $"{result.Seconds:0.00} s  {result.SamplesPerSecond:0} samples/s");
                _writer.WriteLine($"{ProgressText.Epoch(result.Epoch, _epochs)}  {ProgressText.Losses(result.TrainingLoss, result)}  {speed}");
                break;
            case ProgressStyle.Bar:
                _last = result;
                ShowBar(result.Epoch, _batchesPerEpoch, result.TrainingLoss);
                break;
        }
    }

    /// <summary>Leaves the bar as it is, on a line of its own.</summary>
    internal void End()
    {
        if (_shownLength > 0)
        {
            _writer.WriteLine();
            _shownLength = 0;
        }
    }

    private void ShowBar(int epoch, int batch, double meanLoss)
    {
        _lastShown = _clock.GetTimestamp();
        double done = (epoch - 1 + (double)batch / _batchesPerEpoch) / _epochs;
        TimeSpan elapsed = _before + _clock.GetElapsedTime(_begun);
        TimeSpan left = elapsed * ((1 - done) / done);
        if (_limit is TimeSpan limit && limit - elapsed < left)
        {
            left = limit > elapsed ? limit - elapsed : TimeSpan.Zero;
        }
        string time = left == TimeSpan.Zero ? $"took {ProgressText.Duration(elapsed)}" : $"ETA {ProgressText.Duration(left)}";
        string before = ProgressText.Epoch(epoch, _epochs);
        string after = $"{time}  {ProgressText.Losses(meanLoss, _last)}";

        // A line that fills the window would wrap, and the carriage return would not get back to its start.
        int barWidth = Math.Clamp(_width - 1 - before.Length - after.Length - " []  ".Length, NarrowestBar, WidestBar);
        string line = $"{before} {ProgressText.Bar((double)batch / _batchesPerEpoch, barWidth)}  {after}";
        line = line[..Math.Min(line.Length, _width - 1)];
        _writer.Write("\r" + line.PadRight(_shownLength));
        _writer.Flush();
        _shownLength = line.Length;
    }

    private static int WindowWidth()
    {
        try
        {
            return Console.WindowWidth > 1 ? Console.WindowWidth : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }
}

/// <summary>How progress is shown.</summary>
internal enum ProgressStyle
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>One line an epoch.</summary>
    Lines,

    /// <summary>One line that is rewritten.</summary>
    Bar,
}
