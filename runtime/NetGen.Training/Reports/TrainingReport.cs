using System.Globalization;

namespace NetGen.Training;

/// <summary>
/// A training and what came of it, as one HTML page that needs no other file: curves that can be zoomed, how well a test part is predicted, the
/// health of layers, the worst mistakes, settings, machine, seeds and a hash of the data. It reads well in light and dark, narrow and wide.
/// </summary>
/// <example><code>
/// TrainingHistory history = trainer.Fit(train, validation);
/// new TrainingReport(net, history, test).Write("report.html");
/// </code></example>
public sealed class TrainingReport
{
    private readonly ITrainable _network;
    private readonly TrainingHistory _history;
    private readonly Dataset _test;
    private readonly List<(string Name, Plot Plot)> _plots = [];

    /// <summary>Predicts the test part, and computes one batch's gradients.</summary>
    /// <param name="network">The trained network; afterwards as before, but for its gradients.</param>
    /// <param name="history">What <see cref="Trainer{TNetwork}.Fit"/> returned.</param>
    /// <param name="test">At least one sample, with one class, or with targets; kept, not copied.</param>
    /// <exception cref="ArgumentException">The data set does not fit the network, or has several classes a sample.</exception>
    public TrainingReport(ITrainable network, TrainingHistory history, Dataset test)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(test);
        (_network, _history, _test) = (network, history, test);
        AddCurves();
        if (test.HasClasses)
        {
            Classes = ClassificationReport.Evaluate(network, test);
            AddClassPlots();
        }
        else
        {
            Targets = RegressionReport.Evaluate(network, test);
            AddTargetPlots();
        }
        Health = new LayerHealth(network, test);
        Title = network.Info.Name;
    }

    /// <summary>The page's title; the network's name by default.</summary>
    public string Title { get; init; }

    /// <summary>How well classes are told apart; null where the test part has targets.</summary>
    public ClassificationReport? Classes { get; }

    /// <summary>How well targets are predicted; null where the test part has classes.</summary>
    public RegressionReport? Targets { get; }

    /// <summary>The sizes of parameters, gradients and what layers give, over the first samples of the test part.</summary>
    public LayerHealth Health { get; }

    /// <summary>
    /// The page's plots by name: <c>loss</c>, <c>accuracy</c>, each of <see cref="Trainer{TNetwork}.Metrics"/> as <c>metrics/</c> and its name,
    /// <c>learning-rate</c>; of classes <c>roc</c>, <c>precision-recall</c> and <c>calibration</c>, of targets <c>predictions</c>. Each can be saved
    /// as an SVG or PNG file of its own.
    /// </summary>
    public IReadOnlyDictionary<string, Plot> Plots => _plots.ToDictionary(pair => pair.Name, pair => pair.Plot);

    /// <summary>Writes the page to a file, in UTF-8. A file of that name is replaced when the page is complete.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <exception cref="IOException">The file cannot be written; what was there is still there.</exception>
    public void Write(string path) => WholeFile.Write(path, ToString());

    /// <summary>The page.</summary>
    public override string ToString() => new ReportPage(this, _network, _history, _test).ToString();

    /// <summary>Before the name of a metric: one may be called accuracy.</summary>
    internal const string MetricPlot = "metrics/";

    private void AddCurves()
    {
        Plot loss = new("Loss", "epoch", "loss");
        loss.Line("training", Curve(result => result.TrainingLoss));
        if (_history.Any(result => result.ValidationLoss is not null))
        {
            loss.Line("validation", Curve(result => result.ValidationLoss));
        }
        _plots.Add(("loss", loss));
        if (_history.Any(result => result.ValidationAccuracy is not null))
        {
            _plots.Add(("accuracy", new Plot("Validation accuracy", "epoch", "share").Line("accuracy", Curve(result => result.ValidationAccuracy))));
        }
        foreach (string name in _history.Count > 0 ? _history[0].Metrics.Names : [])
        {
            _plots.Add(($"{MetricPlot}{name}", new Plot($"Validation {name}", "epoch", name).Line(name, Curve(result => result.Metrics[name]))));
        }
        _plots.Add(("learning-rate", new Plot("Learning rate", "epoch", "rate of the epoch's last step").Line("rate", Curve(result => result.LearningRate))));

        (double, double)[] Curve(Func<EpochResult, double?> value) => [.. _history.Select(result => ((double)result.Epoch, value(result) ?? double.NaN))];
    }

    private void AddClassPlots()
    {
        int classes = _test.ClassNames.Count;
        RocAuc roc = new(classes);
        AveragePrecision precision = new(classes);
        CalibrationError calibration = new(classes);
        BlockPrediction.Run(_network, _test, (i, output) =>
        {
            ReadOnlySpan<int> actual = _test.Classes.Slice(i, 1);
            roc.Add(actual, output);
            precision.Add(actual, output);
            calibration.Add(actual, output);
        });
        // Of two classes one curve says it all; a class that the test part does not have, or has alone, has none.
        int[] shown = [.. Enumerable.Range(0, classes).Where(index =>
            (classes > 2 || index == 1) && Classes!.Confusion.Actual(index) is > 0 and var positives && positives < _test.Count)];
        // The name and area of a curve stand in the legend, or where it is the only one, in the title.
        string Named(int index, double area) => string.Create(CultureInfo.InvariantCulture, $"{_test.ClassNames[index]} {area:0.000}");
        string Title(string what, Func<int, double> area) => shown is [int only] ? $"{what}, {Named(only, area(only))}" : what;
        Plot rocs = new(Title("ROC", roc.ValueOf), "false positive rate", "true positive rate") { Range = (0, 1), Diagonal = true };
        Plot precisions = new(Title("Precision and recall", precision.ValueOf), "recall", "precision") { Range = (0, 1) };
        foreach (int index in shown)
        {
            RocCurve curve = roc.CurveOf(index);
            rocs.Line(Named(index, curve.Area), [.. curve.Points.Select(point => (point.FalsePositiveRate, point.TruePositiveRate))]);
            PrecisionRecallCurve other = precision.CurveOf(index);
            precisions.Line(Named(index, other.Area), [.. other.Points.Select(point => (point.Recall, point.Precision))]);
        }
        _plots.Add(("roc", rocs));
        _plots.Add(("precision-recall", precisions));
        (double, double)[] bins = [.. calibration.Curve.Select(point => (point.Certainty, point.Right))];
        string calibrated = string.Create(CultureInfo.InvariantCulture, $"Calibration, error {calibration.Value:0.000}");
        Plot plot = new(calibrated, "certainty", "share that is right") { Range = (0, 1), Diagonal = true };
        _plots.Add(("calibration", plot.Line("certainty", bins).Dots("bins", bins)));
    }

    private void AddTargetPlots()
    {
        const int most = 2000;   // enough to see, little enough for a page
        List<(double, double)>[] points = [.. _test.TargetNames.Select(_ => new List<(double, double)>())];
        int step = (_test.Count - 1) / most + 1;
        BlockPrediction.Run(_network, _test, (i, output) =>
        {
            for (int j = 0; j < points.Length && i % step == 0; j++)
            {
                points[j].Add((_test.Targets[i * points.Length + j], output[j]));
            }
        });
        Plot plot = new("Predictions", "target", "prediction") { Diagonal = true };
        for (int j = 0; j < points.Length; j++)
        {
            plot.Dots(_test.TargetNames[j], points[j]);
        }
        _plots.Add(("predictions", plot));
    }
}
