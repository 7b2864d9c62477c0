using System.Globalization;
using System.Text;

namespace NetGen.Training;

/// <summary>How well a network predicts targets.</summary>
public sealed class RegressionReport
{
    private RegressionReport(IReadOnlyList<RegressionMetrics> targets)
    {
        Targets = targets;
        Mean = new RegressionMetrics(
            "mean",
            targets.Average(metrics => metrics.MeanAbsoluteError),
            targets.Average(metrics => metrics.RootMeanSquaredError),
            targets.Average(metrics => metrics.R2));
    }

    /// <summary>Each target, in order of the outputs.</summary>
    public IReadOnlyList<RegressionMetrics> Targets { get; }

    /// <summary>The mean over targets, each counting once.</summary>
    public RegressionMetrics Mean { get; }

    /// <summary>Predicts a data set in blocks. Every sample counts once, whatever its weight.</summary>
    /// <param name="network">Any network, trainable or not.</param>
    /// <param name="data">At least one sample, with targets.</param>
    /// <exception cref="ArgumentException">The data set does not fit the network.</exception>
    public static RegressionReport Evaluate(IPredictor network, Dataset data)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        DataFit.CheckFeatures(network.Info, data, nameof(data));
        DataFit.CheckReport(network.Info, data, nameof(data));
        DataFit.CheckTargets(network.Info, data, nameof(data));
        TargetErrors[] errors = new TargetErrors[data.TargetCount];
        BlockPrediction.Run(network, data, (i, output) =>
        {
            for (int j = 0; j < errors.Length; j++)
            {
                errors[j].Add(output[j], data.Targets[i * errors.Length + j]);
            }
        });
        return new RegressionReport([.. errors.Select((error, j) => new RegressionMetrics(data.TargetNames[j], error.MeanAbsoluteError, error.RootMeanSquaredError, error.R2))]);
    }

    /// <summary>A table: a row for each target, and their mean where there are several.</summary>
    public override string ToString()
    {
        IEnumerable<RegressionMetrics> rows = Targets.Count > 1 ? [.. Targets, Mean] : Targets;
        int width = rows.Max(metrics => metrics.Name.Length);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{"".PadLeft(width)}  {"MAE",12} {"RMSE",12} {"R2",9}\n");
        foreach (RegressionMetrics metrics in rows)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{metrics.Name.PadLeft(width)}  {metrics.MeanAbsoluteError,12:G5} {metrics.RootMeanSquaredError,12:G5} {metrics.R2,9:0.0000}\n");
        }
        return text.ToString();
    }
}
