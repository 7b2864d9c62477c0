using System.Text.Json;

namespace NetGen.Training.Tests;

public sealed class TrainerMetricTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netgen-metrics-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_epoch_has_what_the_metrics_give_over_the_validation_part()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        PointNet network = new(seed: 1);
        List<double[]> expected = [];
        Trainer<PointNet> trainer = NewTrainer(network);
        trainer.Callbacks.Add((in _, _) =>
        {
            float[] outputs = new float[30 * 3];
            network.Predict(data.Features, outputs);
            (F1Score f1, RocAuc auc) = (new(3), new(3));
            f1.Add(data.Classes, outputs);
            auc.Add(data.Classes, outputs);
            expected.Add([f1.Value, auc.Value]);
        });
        TrainingHistory history = trainer.Fit(data, data);

        Assert.Equal(["f1 macro", "ROC-AUC"], history[0].Metrics.Names);
        Assert.Equal(expected, history.Select(result => result.Metrics.Select(metric => metric.Value).ToArray()));
        Assert.Equal(expected[3][0], history[3].Metrics["f1 macro"]);
        Assert.NotEqual(expected[0], expected[3]);
        Assert.Contains("There are f1 macro, ROC-AUC.", Assert.Throws<KeyNotFoundException>(() => history[0].Metrics["f1"]).Message);
    }

    [Fact]
    public void Metrics_of_targets_are_measured_too()
    {
        LinearNetwork network = new(1, 1, LossKind.MeanSquaredError);
        Trainer<LinearNetwork> trainer = new(network, new Descent { LearningRate = 0.1f }) { Epochs = 30, BatchSize = 8 };
        trainer.Metrics.Add(new RootMeanSquaredError(1));
        TrainingHistory history = trainer.Fit(Samples.OfLine(40), Samples.OfLine(20));

        Assert.All(history, result => Assert.Equal(Math.Sqrt(result.ValidationLoss!.Value), result.Metrics["RMSE"], 1e-3));
    }

    [Fact]
    public void Logs_progress_and_report_have_them()
    {
        StringWriter console = new();
        Trainer<PointNet> trainer = NewTrainer(new PointNet(seed: 1));
        trainer.Observers.Add(new CsvLog(Path.Combine(_folder, "log.csv")));
        trainer.Observers.Add(new JsonLinesLog(Path.Combine(_folder, "log.jsonl")));
        trainer.Observers.Add(new TensorBoardLog(Path.Combine(_folder, "events")));
        Dataset data = Samples.OfClasses(9, 10, 11);
        TrainingHistory history = trainer.Fit(data, data, new ConsoleProgress(console, ProgressStyle.Lines, int.MaxValue, new ManualClock()));
        (double f1, double auc) = (history[1].Metrics["f1 macro"], history[1].Metrics["ROC-AUC"]);

        string[] lines = File.ReadAllLines(Path.Combine(_folder, "log.csv"));
        Assert.EndsWith(",samples_per_second,f1 macro,ROC-AUC", lines[0]);
        Assert.EndsWith(FormattableString.Invariant($",{f1},{auc}"), lines[2]);
        using JsonDocument line = JsonDocument.Parse(File.ReadAllLines(Path.Combine(_folder, "log.jsonl"))[1]);
        Assert.Equal(f1, line.RootElement.GetProperty("metrics").GetProperty("f1 macro").GetDouble());
        Assert.Contains("metrics/f1 macro", File.ReadAllText(Directory.GetFiles(Path.Combine(_folder, "events")).Single()));
        Assert.Contains(FormattableString.Invariant($"f1 macro {f1:0.0000}  ROC-AUC {auc:0.0000}"), console.ToString().Split('\n')[1]);
        TrainingReport report = new(trainer.Network, history, data);
        Assert.Contains("metrics/f1 macro", report.Plots.Keys);
        Assert.Contains("Validation f1 macro", report.ToString());
    }

    [Fact]
    public void They_go_through_checkpoints_and_the_best_epoch_is_chosen_by_them()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        TrainingHistory whole = Train(null, epochs: 6);
        Train("run", epochs: 3);
        TrainingHistory resumed = Train("run", epochs: 6);

        Assert.Equal(whole.Select(result => result.Metrics), resumed.Select(result => result.Metrics));
        int best = whole.MaxBy(result => result.Metrics["f1 macro"]).Epoch;
        Assert.Contains($"epoch-{best}.safetensors", Directory.GetFiles(Path.Combine(_folder, "run")).Select(Path.GetFileName));

        Trainer<PointNet> other = new(new PointNet(), new Adam(1e-2f)) { Epochs = 6, BatchSize = 5, Checkpoints = new Checkpoints(Path.Combine(_folder, "run")) };
        Assert.Contains("expected a training with metrics none, found one with f1 macro, ROC-AUC.", Assert.Throws<NetworkFormatException>(() => other.Fit(data, data)).Message);

        TrainingHistory Train(string? folder, int epochs)
        {
            Trainer<PointNet> trainer = NewTrainer(new PointNet(seed: 1), epochs, folder is null ? null : new Checkpoints(Path.Combine(_folder, folder)) { KeepBest = 1 });
            return trainer.Fit(data, data);
        }
    }

    [Fact]
    public void Outputs_that_are_not_numbers_make_metrics_that_are_not_and_go_through_checkpoints()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        PointNet network = new(seed: 1);
        Trainer<PointNet> trainer = NewTrainer(network, 2);
        // The network is spoilt for the validation alone.
        float[] kept = [];
        trainer.Observers.Add(new StepAction(result =>
        {
            if (result.Batch == 6)
            {
                kept = network.Parameters.ToArray();
                network.Parameters.Fill(float.NaN);
            }
        }));
        trainer.Callbacks.Add((in _, _) => kept.CopyTo(network.Parameters));
        MetricValues values = trainer.Fit(data, data)[0].Metrics;

        Assert.Equal([double.NaN, double.NaN], values.Select(metric => metric.Value));
        MetricValues extreme = new(["a", "b", "c"], [double.NaN, double.PositiveInfinity, double.NegativeInfinity]);
        Assert.Equal(extreme, JsonSerializer.Deserialize<MetricValues>(JsonSerializer.Serialize(extreme)));
        Assert.True(values != extreme);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<MetricValues>("{\"a\":null}"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<MetricValues>("[1]"));
    }

    [Fact]
    public void Metrics_that_do_not_fit_are_refused_before_anything_is_touched()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        AssertRefused("Expected a validation part, over which the 1 Metrics are measured", null, new Accuracy(3));
        AssertRefused("Expected metrics of different names, got accuracy 2 times", data, new Accuracy(3), new Accuracy(3));
        AssertRefused("as there are 4 classes", data, new Accuracy(4));
        AssertRefused("compares targets; the batch has classes", data, new R2(3));
        AssertRefused("without commas, quotes and line breaks, which logs separate them by, got 'a, b'", data, new Named("a, b"));

        void AssertRefused(string message, Dataset? validation, params IMetric[] metrics)
        {
            LinearNetwork network = new(2, 3);
            Trainer<LinearNetwork> trainer = new(network, new Descent());
            foreach (IMetric metric in metrics)
            {
                trainer.Metrics.Add(metric);
            }
            Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(() => trainer.Fit(data, validation)).Message);
            Assert.Equal((0, 0, 0), (network.TimesFitted, network.Reserved, network.StepCount));
        }
    }

    [Fact]
    public void A_metric_that_the_validation_part_does_not_define_is_refused_before_anything_is_touched()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        LinearNetwork network = new(2, 3);
        Trainer<LinearNetwork> trainer = new(network, new Descent());
        trainer.Metrics.Add(new RocAuc(3));
        Dataset twoClasses = Dataset.FromArrays(data.Features[..20].ToArray(), 2, [0, 0, 0, 0, 0, 1, 1, 1, 1, 1], data.ClassNames);

        Assert.Contains("ROC curve of class 2 is not defined", Assert.Throws<InvalidOperationException>(() => trainer.Fit(data, twoClasses)).Message);
        Assert.Equal((0, 0, 0), (network.TimesFitted, network.Reserved, network.StepCount));
    }

    [Fact]
    public void A_metric_named_like_a_curve_of_the_report_and_two_averages_of_one_stand_beside_each_other()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        PointNet network = new(seed: 1);
        Trainer<PointNet> trainer = NewTrainer(network);
        trainer.Metrics.Add(new Accuracy(3));
        trainer.Metrics.Add(new RocAuc(3, ClassAverage.Weighted));
        TrainingHistory history = trainer.Fit(data, data);
        TrainingReport report = new(network, history, data);

        Assert.Equal(
            ["accuracy", "calibration", "learning-rate", "loss", "metrics/ROC-AUC", "metrics/ROC-AUC weighted", "metrics/accuracy", "metrics/f1 macro", "precision-recall", "roc"],
            report.Plots.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(history[0].ValidationAccuracy, history[0].Metrics["accuracy"]);
    }

    [Fact]
    public void A_metric_of_another_number_of_targets_is_refused_whatever_the_size_of_the_batch()
    {
        float[] numbers = new float[12];
        MeanAbsoluteError error = new(4);

        Assert.Contains("MAE is of 4 targets; a sample of the batch has 3", Assert.Throws<ArgumentException>(
            () => error.Add(new Batch { Count = 4, Inputs = default, Targets = numbers }, numbers)).Message);
        Assert.Equal(0, error.Count);
    }

    [Fact]
    public void Lengths_of_steps_that_outputs_do_not_run_over_leave_metrics_alone()
    {
        // The network gives one row of 2 for a sequence of 6 steps; with lengths, rows would be taken for steps.
        LinearNetwork network = new(6, 2, LossKind.MeanSquaredError, sequenceLength: 6);
        Dataset data = Dataset.FromArrays([.. Enumerable.Range(0, 24).Select(i => i / 24f)], 6, [1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f], 2, lengths: [1, 2, 3, 6]);
        Trainer<LinearNetwork> trainer = new(network, new Descent { LearningRate = 1e-3f }) { Epochs = 1 };
        trainer.Metrics.Add(new MeanAbsoluteError());

        Assert.True(trainer.Fit(data, data)[0].Metrics["MAE"] > 0);
    }

    private sealed class Named(string name) : IMetric
    {
        public string Name => name;
        public bool HigherIsBetter => true;
        public double Value => 0;
        public void Add(in Batch batch, ReadOnlySpan<float> outputs) { }
        public void Reset() { }
    }

    private static Trainer<PointNet> NewTrainer(PointNet network, int epochs = 4, Checkpoints? checkpoints = null)
    {
        Trainer<PointNet> trainer = new(network, new Adam(1e-2f)) { Epochs = epochs, BatchSize = 5, Checkpoints = checkpoints, Score = result => -result.Metrics["f1 macro"] };
        trainer.Metrics.Add(new F1Score(3));
        trainer.Metrics.Add(new RocAuc(3));
        return trainer;
    }
}
