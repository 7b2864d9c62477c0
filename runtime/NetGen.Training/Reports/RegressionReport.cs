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
        DataFit.CheckReport(data, nameof(data));
        DataFit.CheckTargets(network.Info, data, nameof(data));
        TargetSums[] sums = new TargetSums[data.TargetCount];
        for (int j = 0; j < sums.Length; j++)
        {
            sums[j].Mean = Average(data.Targets[j..], sums.Length, data.Count);
        }
        BlockPrediction.Run(network, data, (i, output) =>
        {
            for (int j = 0; j < sums.Length; j++)
            {
                sums[j].Add(output[j], data.Targets[i * sums.Length + j]);
            }
        });
        return new RegressionReport([.. sums.Select((sum, j) => sum.ToMetrics(data.TargetNames[j], data.Count))]);
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

    private static double Average(ReadOnlySpan<float> values, int stride, int count)
    {
        // Divided once at the end: the mean of equal floats is then exactly that float, and their variation 0.
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += values[i * stride];
        }
        return sum / count;
    }

    /// <summary>Sums over samples; the mean is known before the others are taken.</summary>
    private struct TargetSums
    {
        public double Mean;
        private double _absolute;
        private double _squared;
        private double _variation;

        public void Add(double prediction, double target)
        {
            _absolute += Math.Abs(prediction - target);
            _squared += (prediction - target) * (prediction - target);
            _variation += (target - Mean) * (target - Mean);
        }

        public readonly RegressionMetrics ToMetrics(string name, int count) => new(
            name,
            _absolute / count,
            Math.Sqrt(_squared / count),
            _variation > 0 ? 1 - _squared / _variation : _squared == 0 ? 1 : 0);
    }
}
