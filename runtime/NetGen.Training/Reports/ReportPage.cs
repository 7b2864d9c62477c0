using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace NetGen.Training;

/// <summary>Writes a <see cref="TrainingReport"/> as HTML.</summary>
internal sealed class ReportPage(TrainingReport report, ITrainable network, TrainingHistory history, Dataset test)
{
    private const int MostMistakes = 24;
    private const int MostClassesOfMatrix = 40;

    private readonly StringBuilder _html = new();

    public override string ToString()
    {
        _html.Clear();
        _html.Append($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <link rel="icon" href="data:,">
            <title>{Svg.Escape(report.Title)}</title>
            <style>
            {Svg.Style}{Resource.Read("report.css")}</style>
            </head>
            <body>
            <h1>{Svg.Escape(report.Title)}</h1>

            """);
        Figures();
        Heading("Training", "Drag over a plot to zoom, double-click to go back.");
        Plots(["loss", "accuracy", .. report.Plots.Keys.Where(name => name.StartsWith(TrainingReport.MetricPlot, StringComparison.Ordinal)), "learning-rate"]);
        Heading("Test part", $"{Count(test.Count)} samples that training did not see, if the split was honest.");
        if (report.Classes is { } classes)
        {
            PerClass(classes);
            Plots(["roc", "precision-recall", "calibration"]);
            Confusion(classes.Confusion);
            Mistakes();
        }
        else
        {
            PerTarget(report.Targets!);
            Plots(["predictions"]);
            LargestErrors();
        }
        Health();
        Settings();
        _html.Append($"<script>\n{Resource.Read("report.js")}</script>\n</body>\n</html>\n");
        return _html.ToString();
    }

    private void Figures()
    {
        _html.Append("<div class=\"figures\">");
        if (report.Classes is { } classes)
        {
            Figure(Fixed(classes.Accuracy), "test accuracy");
            Figure(Fixed(classes.MacroAverage.F1), "macro F1");
        }
        else
        {
            Figure(Fixed(report.Targets!.Mean.R2), "R2 of the test part");
            Figure(General(report.Targets.Mean.RootMeanSquaredError), "RMSE");
        }
        Figure(Count(history.Count), history.Settings.Epochs > history.Count ? $"epochs of {history.Settings.Epochs}" : "epochs");
        Figure(Count(network.Info.ParameterCount), "parameters");
        double seconds = history.Sum(result => result.Seconds);
        Figure(seconds < 60 ? string.Create(CultureInfo.InvariantCulture, $"{seconds:G2} s") : ProgressText.Duration(TimeSpan.FromSeconds(seconds)), "training time");
        _html.Append("</div>\n");
    }

    private void Figure(string value, string name) => _html.Append($"<div><b>{Svg.Escape(value)}</b><span>{Svg.Escape(name)}</span></div>");

    private void Heading(string text, string explanation) => _html.Append($"<h2>{Svg.Escape(text)}</h2>\n<p>{Svg.Escape(explanation)}</p>\n");

    private void Plots(string[] names)
    {
        _html.Append("<div class=\"plots\">\n");
        foreach (string name in names)
        {
            if (report.Plots.TryGetValue(name, out Plot? plot))
            {
                _html.Append(plot.Inline()).Append('\n');
            }
        }
        _html.Append("</div>\n");
    }

    private void PerClass(ClassificationReport classes) => Table(
        ["class", "precision", "recall", "F1", "samples"],
        ((ClassMetrics[])[.. classes.Classes, classes.MacroAverage, classes.WeightedAverage])
            .Select(metrics => (string[])[metrics.Name, Fixed(metrics.Precision), Fixed(metrics.Recall), Fixed(metrics.F1), Count(metrics.Support)]));

    private void PerTarget(RegressionReport targets) => Table(
        ["target", "MAE", "RMSE", "R2"],
        (targets.Targets.Count > 1 ? [.. targets.Targets, targets.Mean] : targets.Targets)
            .Select(metrics => (string[])[metrics.Name, General(metrics.MeanAbsoluteError), General(metrics.RootMeanSquaredError), Fixed(metrics.R2)]));

    private void Confusion(ConfusionMatrix matrix)
    {
        int classes = matrix.ClassNames.Count;
        if (classes > MostClassesOfMatrix)
        {
            Heading("Confusion", $"{classes} classes are too many for a table of all pairs.");
            return;
        }
        Heading("Confusion", "A row for each actual class, a column for each predicted one.");
        _html.Append("<div class=\"scroll\"><table class=\"confusion\"><tr><th>actual</th>");
        foreach (string name in matrix.ClassNames)
        {
            _html.Append($"<th>{Svg.Escape(name)}</th>");
        }
        _html.Append("</tr>\n");
        for (int actual = 0; actual < classes; actual++)
        {
            _html.Append($"<tr><th>{Svg.Escape(matrix.ClassNames[actual])}</th>");
            for (int predicted = 0; predicted < classes; predicted++)
            {
                double share = matrix[actual, predicted] / Math.Max(1.0, matrix.Actual(actual));
                _html.Append(
                    CultureInfo.InvariantCulture,
                    $"<td class=\"{(actual == predicted ? "right" : "wrong")}\" style=\"--share:{0.75 * share:0.###}\">{matrix[actual, predicted]}</td>");
            }
            _html.Append("</tr>\n");
        }
        _html.Append("</table></div>\n");
    }

    private void Mistakes()
    {
        Mistake[] mistakes = Mistake.Find(network, test);
        Heading("Worst mistakes", mistakes.Length == 0
            ? "None: all samples are predicted right."
            : $"{Count(mistakes.Length)} of {Count(test.Count)} are taken for another class, the most certain first.");
        if (mistakes.Length == 0)
        {
            return;
        }
        if (network.Info.Inputs is [{ Shape: { Rank: 3 } shape }] && shape[0] is 1 or 3)
        {
            using StringWriter sheet = new(CultureInfo.InvariantCulture);
            ContactSheet.OfMistakes(network, test, MostMistakes).Write(sheet);
            _html.Append("<div class=\"sheet\">").Append(sheet).Append("</div>\n");
            return;
        }
        Table(
            ["sample", "actual", "predicted", "output"],
            mistakes.Take(MostMistakes).Select(mistake =>
                (string[])[Count(mistake.Sample), test.ClassNames[mistake.Actual], test.ClassNames[mistake.Predicted], Fixed(mistake.Output)]));
    }

    private void LargestErrors()
    {
        List<(int Sample, int Target, float Actual, float Predicted)> errors = [];
        int targets = test.TargetCount;
        BlockPrediction.Run(network, test, (i, output) =>
        {
            for (int j = 0; j < targets; j++)
            {
                errors.Add((i, j, test.Targets[i * targets + j], output[j]));
            }
        });
        Heading("Worst mistakes", "The predictions that are furthest from their targets.");
        Table(
            ["sample", "target", "is", "predicted", "error"],
            // Nothing is further off than what is no number.
            errors.OrderByDescending(error => float.IsNaN(error.Predicted) ? float.PositiveInfinity : Math.Abs(error.Actual - error.Predicted))
                .Take(MostMistakes)
                .Select(error => (string[])[Count(error.Sample), test.TargetNames[error.Target], General(error.Actual), General(error.Predicted), General(error.Predicted - error.Actual)]));
    }

    private void Health()
    {
        Heading("Layers", "Sizes are roots of mean squares, of gradients over the first samples of the test part. A gradient of 0 learns nothing; "
            + "one that is orders of magnitude above the others is about to explode.");
        double largest = report.Health.Parameters.Select(health => health.GradientSize).DefaultIfEmpty(0).Max();
        _html.Append("<div class=\"scroll\"><table><tr><th>parameter</th><th>numbers</th><th>size</th><th>gradient</th><th></th><th>without gradient</th></tr>\n");
        foreach (ParameterHealth health in report.Health.Parameters)
        {
            // Two orders of magnitude a third of the bar.
            double bar = health.GradientSize > 0 ? Math.Max(0.02, 1 + Math.Log10(health.GradientSize / largest) / 6) : 0;
            string warning = health.WithoutGradient > 0.9 || !double.IsFinite(health.GradientSize) ? " class=\"warning\"" : "";
            _html.Append(CultureInfo.InvariantCulture,
                $"<tr><td>{Svg.Escape(health.Name)}</td><td>{Count(health.Count)}</td><td>{General(health.Size)}</td><td>{General(health.GradientSize)}</td>"
                + $"<td class=\"text\"><span class=\"bar\" style=\"width:{100 * bar:0}px\"></span></td><td{warning}>{Percent(health.WithoutGradient)}</td></tr>\n");
        }
        _html.Append("</table></div>\n");
        if (report.Health.Activations.Count > 0)
        {
            Table(
                ["output of", "mean", "standard deviation", "zeros"],
                report.Health.Activations.Select(health => (string[])[health.Layer, General(health.Mean), General(health.Deviation), Percent(health.Zeros)]));
        }
    }

    private void Settings()
    {
        TrainingSettings settings = history.Settings;
        Heading("Settings", "What it takes to train the same network again.");
        Table(
            ["setting", "value"],
            [
                ["network", $"{settings.Network}: {string.Join(", ", network.Info.Layers.Select(layer => layer.Description))}"],
                ["optimizer", settings.Optimizer],
                ["learning rate", history.Count == 0 ? "none" : $"{General(history.Max(result => result.LearningRate))} at most"],
                ["schedule", settings.Schedule ?? "none"],
                ["augmentation", settings.Augmentation ?? "none"],
                ["mix-up", settings.MixUp == 0 ? "none" : General(settings.MixUp)],
                ["epochs", Count(settings.Epochs)],
                ["batch size", Count(settings.BatchSize)],
                ["seed of the order of samples", settings.Seed.ToString(CultureInfo.InvariantCulture)],
                ["seed of dropout", settings.NetworkSeed.ToString(CultureInfo.InvariantCulture)],
                ["training samples", $"{Count(settings.TrainingSamples)}, hash {settings.DataHash}"],
                ["validation samples", settings.ValidationSamples is int samples ? Count(samples) : "none"],
                ["test samples", $"{Count(test.Count)}, hash {test.Hash}"],
                ["batches skipped", Count(history.Sum(result => result.SkippedBatches))],
                ["machine", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors, vectors of {VectorBits()} bits"],
                ["runtime", $"{RuntimeInformation.FrameworkDescription}, NetGen {typeof(TrainingReport).Assembly.GetName().Version?.ToString(3)}, {NetGenRuntime.Threads} threads"],
            ],
            textColumns: true);
    }

    private static int VectorBits() =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    private void Table(string[] header, IEnumerable<string[]> rows, bool textColumns = false)
    {
        _html.Append("<div class=\"scroll\"><table><tr>").AppendJoin("", header.Select(cell => $"<th{(textColumns ? " class=\"text\"" : "")}>{Svg.Escape(cell)}</th>")).Append("</tr>\n");
        foreach (string[] row in rows)
        {
            _html.Append("<tr>").AppendJoin("", row.Select(cell => $"<td{(textColumns ? " class=\"text\"" : "")}>{Svg.Escape(cell)}</td>")).Append("</tr>\n");
        }
        _html.Append("</table></div>\n");
    }

    private static string Fixed(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string General(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("0", CultureInfo.InvariantCulture) + "%";

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
