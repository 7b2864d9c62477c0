namespace NetGen.Training.Tests;

public sealed class ConsoleProgressTests
{
    private readonly StringWriter _writer = new() { NewLine = "\n" };
    private readonly ManualClock _clock = new();

    [Fact]
    public void Redirected_output_gets_one_plain_line_an_epoch()
    {
        ConsoleProgress progress = new(_writer, ProgressStyle.Lines, int.MaxValue, _clock);
        progress.Begin(epochs: 10, batchesPerEpoch: 2);
        progress.ShowBatch(1, 1, 0.7);
        progress.ShowEpoch(Result(1, 0.51234, 0.6, 0.875));
        progress.ShowEpoch(Result(10, 0.00001234, null, null));
        progress.End();

        Assert.Equal(
            "epoch  1/10  loss 0.5123  val loss 0.6000  accuracy 0.8750  0.25 s  4000 samples/s\n"
            + "epoch 10/10  loss 1.23e-5  0.25 s  4000 samples/s\n",
            _writer.ToString());
    }

    [Fact]
    public void A_terminal_gets_one_line_that_is_rewritten()
    {
        ConsoleProgress progress = new(_writer, ProgressStyle.Bar, 100, _clock);
        progress.Begin(epochs: 2, batchesPerEpoch: 4);
        _clock.Advance(seconds: 10);
        progress.ShowBatch(1, 2, 0.75);
        Assert.Equal("\repoch 1/2 [##########----------]  ETA 0:30  loss 0.7500", Take());

        _clock.Advance(seconds: 10);
        progress.ShowEpoch(Result(1, 0.5, 0.6, 0.875));
        Assert.Equal("\repoch 1/2 [####################]  ETA 0:20  loss 0.5000  val loss 0.6000  accuracy 0.8750", Take());

        _clock.Advance(seconds: 10);
        progress.ShowBatch(2, 2, 0.4);
        Assert.Equal("\repoch 2/2 [##########----------]  ETA 0:10  loss 0.4000  val loss 0.6000  accuracy 0.8750", Take());

        _clock.Advance(seconds: 10);
        progress.ShowEpoch(Result(2, 0.3, null, null));
        Assert.Equal("\repoch 2/2 [####################]  took 0:40  loss 0.3000".PadRight(101), Take().PadRight(101));

        progress.End();
        Assert.Equal("\n", Take());
    }

    [Fact]
    public void The_time_left_of_a_training_that_goes_on_counts_what_it_took_before()
    {
        string folder = Directory.CreateTempSubdirectory("netgen-progress-").FullName;
        using CancellationTokenSource source = new();
        StepAction action = new(result =>
        {
            _clock.Advance(seconds: 10);
            if (result.Step == 3)
            {
                source.Cancel();
            }
        });
        Assert.Throws<OperationCanceledException>(() => Fit(source.Token));
        _clock.Advance(seconds: 1000);
        Take();
        Fit(CancellationToken.None);
        Directory.Delete(folder, recursive: true);

        // Three of four epochs took 30 seconds, and the last one 10: the bar of its only batch is drawn when the clock stands still, that of its end 10 seconds later.
        Assert.Contains("epoch 4/4 [####################]  took 0:40", Take());

        ConsoleProgress progress = new(_writer, ProgressStyle.Bar, 100, _clock);
        progress.Begin(epochs: 4, batchesPerEpoch: 4, before: TimeSpan.FromSeconds(30));
        _clock.Advance(seconds: 5);
        progress.ShowBatch(4, 2, 0.75);
        Assert.Equal("\repoch 4/4 [##########----------]  ETA 0:05  loss 0.7500", Take());

        void Fit(CancellationToken token)
        {
            Trainer<PointNet> trainer = new(new PointNet(seed: 1), new SGD()) { Epochs = 4, BatchSize = 15, Clock = _clock, Checkpoints = new Checkpoints(folder) };
            trainer.Observers.Add(action);
            trainer.Fit(Samples.OfClasses(5, 5, 5), progress: new ConsoleProgress(_writer, ProgressStyle.Bar, 100, _clock), cancellationToken: token);
        }
    }

    [Fact]
    public void A_shorter_line_covers_the_longer_one_before()
    {
        ConsoleProgress progress = new(_writer, ProgressStyle.Bar, 200, _clock);
        progress.Begin(epochs: 2, batchesPerEpoch: 1);
        _clock.Advance(seconds: 1);
        progress.ShowEpoch(Result(1, 0.5, 0.6, 0.875));
        int length = Take().Length;
        _clock.Advance(seconds: 1);
        progress.ShowEpoch(Result(2, 0.5, null, null));

        Assert.Equal(length, Take().Length);
    }

    [Fact]
    public void The_bar_is_drawn_at_most_ten_times_a_second()
    {
        ConsoleProgress progress = new(_writer, ProgressStyle.Bar, 100, _clock);
        progress.Begin(epochs: 1, batchesPerEpoch: 1000);
        for (int batch = 1; batch <= 1000; batch++)
        {
            _clock.Advance(seconds: 0.001);
            progress.ShowBatch(1, batch, 0.5);
        }

        Assert.Equal(10, Take().Count(character => character == '\r'));
    }

    [Fact]
    public void The_bar_gives_way_to_the_numbers_in_a_narrow_window()
    {
        ConsoleProgress progress = new(_writer, ProgressStyle.Bar, 80, _clock);
        progress.Begin(epochs: 20, batchesPerEpoch: 1);
        _clock.Advance(seconds: 12);
        progress.ShowEpoch(Result(12, 0.5, 0.6, 0.875));

        Assert.Equal("\repoch 12/20 [########]  ETA 0:08  loss 0.5000  val loss 0.6000  accuracy 0.8750", Take());
    }

    [Fact]
    public void A_line_never_fills_the_window()
    {
        ConsoleProgress progress = new(_writer, ProgressStyle.Bar, 30, _clock);
        progress.Begin(epochs: 1, batchesPerEpoch: 1);
        progress.ShowEpoch(Result(1, 0.5, 0.6, 0.875));

        Assert.Equal(1 + 29, Take().Length);
    }

    [Theory]
    [InlineData(0, "0:00")]
    [InlineData(7.9, "0:07")]
    [InlineData(754, "12:34")]
    [InlineData(3723, "1:02:03")]
    [InlineData(86399, "23:59:59")]
    [InlineData(183600, "2d 03h")]
    public void Durations_are_as_short_as_they_can_be(double seconds, string text) =>
        Assert.Equal(text, ProgressText.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_training_shows_all_epochs_and_ends_its_line()
    {
        Trainer<LinearNetwork> trainer = new(new LinearNetwork(2, 2), new Descent()) { Epochs = 3 };
        trainer.Fit(Samples.OfClasses(5, 5), progress: new ConsoleProgress(_writer, ProgressStyle.Lines, int.MaxValue, _clock));
        Assert.Equal(3, Take().Count(character => character == '\n'));

        LinearNetwork exploding = new(1, 1, LossKind.MeanSquaredError);
        Trainer<LinearNetwork> failing = new(exploding, new Descent { LearningRate = 1e20f }) { Epochs = 3 };
        Assert.Throws<InvalidOperationException>(() =>
            failing.Fit(Samples.OfLine(5), progress: new ConsoleProgress(_writer, ProgressStyle.Bar, 100, _clock)));
        Assert.EndsWith("\n", Take());
    }

    private static EpochResult Result(int epoch, double loss, double? validationLoss, double? accuracy) => new()
    {
        Epoch = epoch,
        TrainingLoss = loss,
        ValidationLoss = validationLoss,
        ValidationAccuracy = accuracy,
        Seconds = 0.25,
        SamplesPerSecond = 4000,
    };

    private string Take()
    {
        string text = _writer.ToString();
        _writer.GetStringBuilder().Clear();
        return text;
    }
}
