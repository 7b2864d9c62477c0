using System.Text.Json;
using NetGen.Testing;

namespace NetGen.Training.Tests;

/// <summary>Metrics against scikit-learn's: <c>tests/fixtures/metrics.py</c>.</summary>
public sealed class MetricTests
{
    private static readonly JsonElement Fixtures =
        JsonDocument.Parse(File.ReadAllText(Repository.Fixture("metrics.json"))).RootElement;

    public static TheoryData<string> ClassificationCases => [.. Cases("classification")];

    public static TheoryData<string> RegressionCases => [.. Cases("regression")];

    [Theory]
    [MemberData(nameof(ClassificationCases))]
    public void Metrics_of_classes_equal_those_of_scikit_learn(string name)
    {
        JsonElement fixture = Find("classification", name);
        (int classes, int[] actual, float[] outputs) = Samples(fixture);
        foreach (JsonProperty expected in fixture.GetProperty("expected").EnumerateObject())
        {
            ClassificationMetric metric = Create(expected.Name, classes);
            // In two batches: metrics are streams.
            int first = actual.Length / 3;
            int width = outputs.Length / actual.Length;
            metric.Add(actual.AsSpan(0, first), outputs.AsSpan(0, first * width));
            metric.Add(actual.AsSpan(first), outputs.AsSpan(first * width));

            if (metric is not RankingMetric)
            {
                Assert.Equal(expected.Name, metric.Name);
            }
            if (expected.Value.ValueKind == JsonValueKind.Null)
            {
                Assert.Contains("is not defined", Assert.Throws<InvalidOperationException>(() => metric.Value).Message, StringComparison.Ordinal);
            }
            else
            {
                AssertClose(Number(expected.Value), metric.Value, expected.Name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(ClassificationCases))]
    public void Confusion_matrices_equal_those_of_scikit_learn(string name)
    {
        JsonElement fixture = Find("classification", name);
        (int classes, int[] actual, float[] outputs) = Samples(fixture);
        BalancedAccuracy metric = new(classes);
        metric.Add(actual, outputs);

        long[] expected = [.. fixture.GetProperty("confusion").EnumerateArray().Select(element => element.GetInt64())];
        Assert.Equal(expected, Enumerable.Range(0, classes * classes).Select(i => metric.Confusion[i / classes, i % classes]));
        Assert.Equal(expected.Chunk(classes).Select(row => row.Sum()), Enumerable.Range(0, classes).Select(metric.Confusion.Actual));
        Assert.Equal(Enumerable.Range(0, classes).Select(column => expected.Where((_, i) => i % classes == column).Sum()), Enumerable.Range(0, classes).Select(metric.Confusion.Predicted));
    }

    [Theory]
    [MemberData(nameof(ClassificationCases))]
    public void Curves_equal_those_of_scikit_learn(string name)
    {
        JsonElement fixture = Find("classification", name);
        (int classes, int[] actual, float[] outputs) = Samples(fixture);
        RocAuc roc = new(classes);
        AveragePrecision precision = new(classes);
        CalibrationError calibration = new(classes, bins: 10);
        roc.Add(actual, outputs);
        precision.Add(actual, outputs);
        calibration.Add(actual, outputs);

        if (fixture.GetProperty("roc") is { ValueKind: JsonValueKind.Array } expectedRoc)
        {
            RocCurve curve = roc.CurveOf(1);
            Assert.Equal(new RocPoint(0, 0, float.PositiveInfinity), curve.Points[0]);
            AssertClose(expectedRoc, [.. curve.Points.Skip(1).Select(point => new[] { point.FalsePositiveRate, point.TruePositiveRate, point.Threshold })]);
            Assert.Equal(roc.ValueOf(1), curve.Area);
        }
        if (fixture.GetProperty("pr") is { ValueKind: JsonValueKind.Array } expectedPrecision)
        {
            PrecisionRecallCurve curve = precision.CurveOf(1);
            AssertClose(expectedPrecision, [.. curve.Points.Skip(1).Select(point => new[] { point.Recall, point.Precision, point.Threshold })]);
            Assert.Equal(precision.ValueOf(1), curve.Area);
        }
        if (fixture.GetProperty("calibration") is { ValueKind: JsonValueKind.Array } expectedCalibration)
        {
            AssertClose(expectedCalibration, [.. calibration.Curve.Select(point => new[] { point.Certainty, point.Right })]);
        }
    }

    [Theory]
    [MemberData(nameof(RegressionCases))]
    public void Metrics_of_targets_equal_those_of_scikit_learn(string name)
    {
        JsonElement fixture = Find("regression", name);
        float[] targets = Floats(fixture.GetProperty("targets"));
        float[] outputs = Floats(fixture.GetProperty("outputs"));
        int width = fixture.GetProperty("width").GetInt32();
        RegressionMetric[] metrics = [new MeanAbsoluteError(width), new RootMeanSquaredError(width), new MeanAbsolutePercentageError(width), new R2(width)];
        foreach (RegressionMetric metric in metrics)
        {
            metric.Add(targets.AsSpan(0, width), outputs.AsSpan(0, width));
            metric.Add(targets.AsSpan(width), outputs.AsSpan(width));
            AssertClose(Number(fixture.GetProperty("expected").GetProperty(metric.Name)), metric.Value, metric.Name);
        }
    }

    [Fact]
    public void A_report_has_the_numbers_of_the_metrics()
    {
        int[] actual = [0, 1, 2, 0, 1, 2, 2];
        int[] predicted = [0, 2, 1, 0, 0, 1, 2];
        float[] outputs = [.. predicted.SelectMany(index => Enumerable.Range(0, 3).Select(i => i == index ? 1f : 0))];
        F1Score f1 = new(3);
        f1.Add(actual, outputs);

        ClassificationReport report = ClassificationReport.FromPredictions(actual, predicted, ["a", "b", "c"]);
        Assert.Equal(f1.Value, report.MacroAverage.F1);
        Assert.Equal(f1.Confusion.BalancedAccuracy, report.Confusion.BalancedAccuracy);
    }

    [Fact]
    public void Steps_beyond_a_sequences_length_do_not_count()
    {
        Accuracy accuracy = new(2);
        // The last step of the first sample and two of the second are padding, where the network is wrong.
        Batch batch = new() { Count = 2, Inputs = default, Classes = [0, 1, 0, 1, 0, 0], Lengths = [2, 1] };
        accuracy.Add(batch, [1, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);

        Assert.Equal(3, accuracy.Count);
        Assert.Equal(1, accuracy.Value);
    }

    [Fact]
    public void Every_metric_over_padded_sequences_is_that_of_the_real_steps()
    {
        // Three sequences of four steps, of which 2, 4 and 1 are real; behind these everything is wrong, NaN, or no class.
        int[] lengths = [2, 4, 1], real = [0, 1, 4, 5, 6, 7, 8], actual = [0, 1, -1, 7, 2, 0, 1, 1, 2, -5, 3, 9];
        float[] outputs = [.. Enumerable.Range(0, 36).Select(i => real.Contains(i / 3) ? (1 + i * 7 % 5) / 10f : float.NaN)];
        Batch batch = new() { Count = 3, Inputs = default, Classes = actual, Lengths = lengths };
        int[] realClasses = [.. real.Select(step => actual[step])];
        float[] realOutputs = [.. real.SelectMany(step => outputs[(step * 3)..((step + 1) * 3)])];
        foreach (Func<ClassificationMetric> create in (Func<ClassificationMetric>[])
        [
            () => new Accuracy(3), () => new TopKAccuracy(3, 2), () => new BalancedAccuracy(3), () => new Precision(3), () => new Recall(3), () => new F1Score(3), () => new CohenKappa(3),
            () => new MatthewsCorrelation(3), () => new LogLoss(3), () => new Perplexity(3), () => new BrierScore(3), () => new CalibrationError(3), () => new RocAuc(3),
            () => new AveragePrecision(3),
        ])
        {
            (ClassificationMetric padded, ClassificationMetric plain) = (create(), create());
            padded.Add(batch, outputs);
            plain.Add(realClasses, realOutputs);
            Assert.Equal(7, padded.Count);
            Assert.Equal(plain.Value, padded.Value);
        }

        float[] targets = [.. Enumerable.Range(0, 24).Select(i => real.Contains(i / 2) ? i % 7 : float.PositiveInfinity)], predictions = [.. targets.Select((t, i) => t + i % 3)];
        Batch ofTargets = new() { Count = 3, Inputs = default, Targets = targets, Lengths = lengths };
        foreach (Func<RegressionMetric> create in (Func<RegressionMetric>[])
        [
            () => new MeanAbsoluteError(2), () => new RootMeanSquaredError(2), () => new MeanAbsolutePercentageError(2), () => new R2(2),
        ])
        {
            (RegressionMetric padded, RegressionMetric plain) = (create(), create());
            padded.Add(ofTargets, predictions);
            plain.Add([.. real.SelectMany(step => targets[(step * 2)..((step + 1) * 2)])], [.. real.SelectMany(step => predictions[(step * 2)..((step + 1) * 2)])]);
            Assert.Equal(7, padded.Count);
            Assert.Equal(plain.Value, padded.Value);
        }
    }

    [Theory]
    [InlineData(new[] { 3, 1 }, "Sample 0 has a length of 3 steps; expected 1 to 2")]
    [InlineData(new[] { 2, 0 }, "Sample 1 has a length of 0 steps; expected 1 to 2")]
    [InlineData(new[] { 2 }, "Expected 2 lengths, one a sample, got 1.")]
    public void Lengths_that_do_not_fit_are_refused_and_nothing_is_added(int[] lengths, string message)
    {
        Accuracy accuracy = new(2);
        R2 r2 = new(1);
        Assert.Contains(message, Assert.Throws<ArgumentException>(() =>
            accuracy.Add(new Batch { Count = 2, Inputs = default, Classes = new int[4], Lengths = lengths }, new float[8])).Message, StringComparison.Ordinal);
        Assert.Contains(message, Assert.Throws<ArgumentException>(() =>
            r2.Add(new Batch { Count = 2, Inputs = default, Targets = new float[4], Lengths = lengths }, new float[4])).Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), (accuracy.Count, r2.Count));
    }

    [Fact]
    public void A_step_that_does_not_fit_is_named_and_nothing_is_added()
    {
        Accuracy accuracy = new(2);
        MeanAbsoluteError error = new(1);
        float[] outputs = [1, 0, 1, 0, 1, 0, 1, 0];

        Assert.Contains("Sample 1, step 0 has class 2; expected 0 to 1.", Assert.Throws<ArgumentException>(() =>
            accuracy.Add(new Batch { Count = 2, Inputs = default, Classes = [0, 9, 2, 0], Lengths = [1, 2] }, outputs)).Message, StringComparison.Ordinal);
        Assert.Contains("Sample 1, step 1, target 0 is NaN", Assert.Throws<ArgumentException>(() =>
            error.Add(new Batch { Count = 2, Inputs = default, Targets = [0, 0, 0, float.NaN], Lengths = [1, 2] }, [0, 0, 0, 0])).Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), (accuracy.Count, error.Count));
    }

    [Fact]
    public void A_reset_metric_is_as_new()
    {
        foreach (IMetric metric in (IMetric[])[new Accuracy(2), new F1Score(2), new LogLoss(2), new RocAuc(2), new CalibrationError(2)])
        {
            Batch wrong = new() { Count = 2, Inputs = default, Classes = [1, 0] };
            Batch right = new() { Count = 2, Inputs = default, Classes = [0, 1] };
            metric.Add(right, [0.125f, 0.875f]);
            double value = metric.Value;
            metric.Add(wrong, [0.125f, 0.875f]);
            Assert.NotEqual(value, metric.Value);
            metric.Reset();
            Assert.Contains("of no samples", Assert.Throws<InvalidOperationException>(() => metric.Value).Message, StringComparison.Ordinal);
            metric.Add(right, [0.125f, 0.875f]);
            Assert.Equal(value, metric.Value);
        }
    }

    [Theory]
    [InlineData(new[] { 0, 3 }, new[] { 1f, 0, 0, 1, 0, 0 }, "Sample 1 has class 3; expected 0 to 2.")]
    [InlineData(new[] { 0 }, new[] { 1f, 0 }, "Expected 3 outputs a sample")]
    [InlineData(new[] { 0 }, new[] { 1f, float.NaN, 0 }, "Sample 0, output 1 is not a number")]
    public void Samples_that_do_not_fit_are_refused_and_not_added(int[] actual, float[] outputs, string message)
    {
        BalancedAccuracy metric = new(3);
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => metric.Add(actual, outputs)).Message, StringComparison.Ordinal);
        Assert.Equal(0, metric.Count);
        Assert.Equal(0, metric.Confusion.Count);
    }

    [Fact]
    public void Targets_that_do_not_fit_are_refused()
    {
        R2 metric = new(targets: 2);
        Assert.Contains("Expected 2 targets a sample", Assert.Throws<ArgumentException>(() => metric.Add([1f], [1f])).Message, StringComparison.Ordinal);
        Assert.Contains("Sample 1, output 0 is NaN", Assert.Throws<ArgumentException>(() => metric.Add([1f, 2, 3, 4], [1, 2, float.NaN, 4])).Message, StringComparison.Ordinal);
        Assert.Contains("the batch has classes", Assert.Throws<ArgumentException>(
            () => metric.Add(new Batch { Count = 1, Inputs = default, Classes = [1] }, [1, 2])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_beyond_a_sequences_length_have_no_error()
    {
        MeanAbsoluteError error = new(targets: 2);
        // Two targets a step. The last step of the first sample and two of the second are padding, where the network is far off.
        Batch batch = new() { Count = 2, Inputs = default, Targets = [1, 1, 2, 2, 0, 0, 3, 3, 0, 0, 0, 0], Lengths = [2, 1] };
        error.Add(batch, [2, 2, 3, 3, 9, 9, 4, 4, 9, 9, 9, 9]);

        Assert.Equal(3, error.Count);
        Assert.Equal(1, error.Value);
        Assert.Contains(
            "Sample 0 has a length of 3 steps; expected 1 to 2,",
            Assert.Throws<ArgumentException>(() => error.Add(new Batch { Count = 1, Inputs = default, Targets = [1, 1, 2, 2], Lengths = [3] }, [1, 1, 2, 2])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_of_no_samples_are_not_defined()
    {
        MeanAbsoluteError error = new();
        error.Add([1f], [3f]);
        error.Reset();
        Assert.Contains("of no samples", Assert.Throws<InvalidOperationException>(() => error.Value).Message, StringComparison.Ordinal);
        error.Add([1f], [2f]);
        Assert.Equal(1, error.Value);
    }

    [Fact]
    public void Scores_are_better_high_and_errors_low()
    {
        Assert.All((IMetric[])[new Accuracy(2), new F1Score(2), new RocAuc(2), new TopKAccuracy(3, 2), new R2()], metric => Assert.True(metric.HigherIsBetter, metric.Name));
        Assert.All(
            (IMetric[])[new LogLoss(2), new Perplexity(2), new BrierScore(2), new CalibrationError(2), new MeanAbsoluteError(), new RootMeanSquaredError()],
            metric => Assert.False(metric.HigherIsBetter, metric.Name));
    }

    [Fact]
    public void What_a_metric_cannot_count_is_refused_at_once()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Accuracy(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CalibrationError(2, bins: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TopKAccuracy(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TopKAccuracy(3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeanAbsoluteError(0));
    }

    [Fact]
    public void A_confusion_matrix_is_a_table_of_actual_classes_by_predicted_ones() => Assert.Equal(
        "actual \\ predicted\n        cat dog\n   cat    1   1\n   dog    1   2\n",
        ClassificationReport.FromPredictions([0, 0, 1, 1, 1], [0, 1, 1, 1, 0], ["cat", "dog"]).Confusion.ToString());

    private static ClassificationMetric Create(string name, int classes) => name switch
    {
        "accuracy" => new Accuracy(classes),
        "balanced accuracy" => new BalancedAccuracy(classes),
        "Cohen's kappa" => new CohenKappa(classes),
        "Matthews correlation" => new MatthewsCorrelation(classes),
        "log loss" => new LogLoss(classes),
        "perplexity" => new Perplexity(classes),
        "Brier score" => new BrierScore(classes),
        "calibration error" => new CalibrationError(classes, bins: 10),
        "ROC-AUC" => new RocAuc(classes),
        "ROC-AUC weighted" => new RocAuc(classes, ClassAverage.Weighted),
        "average precision" => new AveragePrecision(classes),
        "average precision weighted" => new AveragePrecision(classes, ClassAverage.Weighted),
        _ when name.Split(' ') is ["precision", var average] => new Precision(classes, Enum.Parse<ClassAverage>(average, ignoreCase: true)),
        _ when name.Split(' ') is ["recall", var average] => new Recall(classes, Enum.Parse<ClassAverage>(average, ignoreCase: true)),
        _ when name.Split(' ') is ["f1", var average] => new F1Score(classes, Enum.Parse<ClassAverage>(average, ignoreCase: true)),
        _ when name.StartsWith("top-", StringComparison.Ordinal) => new TopKAccuracy(classes, name[4] - '0'),
        _ => throw new ArgumentException($"There is no metric {name}."),
    };

    private static IEnumerable<string> Cases(string kind) => Fixtures.GetProperty(kind).EnumerateArray().Select(fixture => fixture.GetProperty("name").GetString()!);

    private static JsonElement Find(string kind, string name) => Fixtures.GetProperty(kind).EnumerateArray().Single(fixture => fixture.GetProperty("name").GetString() == name);

    private static (int Classes, int[] Actual, float[] Outputs) Samples(JsonElement fixture) => (
        fixture.GetProperty("classes").GetInt32(),
        [.. fixture.GetProperty("actual").EnumerateArray().Select(element => element.GetInt32())],
        Floats(fixture.GetProperty("outputs")));

    private static float[] Floats(JsonElement array) => [.. array.EnumerateArray().Select(element => (float)element.GetDouble())];

    private static double Number(JsonElement element) => element.ValueKind == JsonValueKind.String ? double.NaN : element.GetDouble();

    /// <param name="expected">A list of points for each coordinate.</param>
    /// <param name="points">The coordinates of each point.</param>
    private static void AssertClose(JsonElement expected, double[][] points)
    {
        for (int axis = 0; axis < expected.GetArrayLength(); axis++)
        {
            double[] values = [.. expected[axis].EnumerateArray().Select(element => element.GetDouble())];
            Assert.Equal(values.Length, points.Length);
            for (int i = 0; i < values.Length; i++)
            {
                AssertClose(values[i], points[i][axis], $"coordinate {axis} of point {i}");
            }
        }
    }

    private static void AssertClose(double expected, double actual, string what) => Assert.True(
        double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(actual - expected) <= 1e-6 * Math.Max(1, Math.Abs(expected)),
        $"{what}: expected {expected:R}, got {actual:R}");
}
