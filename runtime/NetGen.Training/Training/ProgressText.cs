using System.Globalization;

namespace NetGen.Training;

/// <summary>The pieces of a progress line.</summary>
internal static class ProgressText
{
    /// <summary><c>epoch  3/20</c>, as wide for every epoch.</summary>
    public static string Epoch(int epoch, int epochs)
    {
        string last = epochs.ToString(CultureInfo.InvariantCulture);
        return $"epoch {epoch.ToString(CultureInfo.InvariantCulture).PadLeft(last.Length)}/{last}";
    }

    /// <summary><c>[#####-----]</c>.</summary>
    /// <param name="done">0 to 1.</param>
    /// <param name="width">Characters between the brackets.</param>
    public static string Bar(double done, int width)
    {
        int filled = (int)(done * width);
        return $"[{new string('#', filled)}{new string('-', width - filled)}]";
    }

    /// <summary><c>loss 0.1234  val loss 0.2345  accuracy 0.9512  f1 macro 0.9401</c>, as far as there are such numbers.</summary>
    public static string Losses(double trainingLoss, EpochResult? validated)
    {
        string text = "loss " + Loss(trainingLoss);
        if (validated?.ValidationLoss is double loss)
        {
            text += "  val loss " + Loss(loss);
        }
        if (validated?.ValidationAccuracy is double accuracy)
        {
            text += string.Create(CultureInfo.InvariantCulture, $"  accuracy {accuracy:0.0000}");
        }
        foreach ((string name, double value) in validated?.Metrics ?? default)
        {
            text += $"  {name} {Loss(value)}";
        }
        return text;
    }

    /// <summary><c>0:07</c>, <c>12:34</c>, <c>1:02:03</c> or <c>2d 03h</c>.</summary>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.Minutes}:{duration.Seconds:00}"),
        { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.Hours}:{duration.Minutes:00}:{duration.Seconds:00}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{duration.Days}d {duration.Hours:00}h"),
    };

    private static string Loss(double loss) =>
        loss.ToString(Math.Abs(loss) is 0 or (>= 1e-3 and < 1e6) ? "0.0000" : "0.00e+0", CultureInfo.InvariantCulture);
}
