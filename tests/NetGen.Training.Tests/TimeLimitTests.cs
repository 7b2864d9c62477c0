namespace NetGen.Training.Tests;

public sealed class TimeLimitTests
{
    [Fact]
    public void Training_ends_after_the_step_in_which_the_time_is_up()
    {
        ManualClock clock = new();
        LinearNetwork network = new(2, 2) { Observe = (in _) => clock.Advance(seconds: 1) };
        Dataset data = Samples.OfClasses(10, 10);
        TimeSpan limit = TimeSpan.FromSeconds(6);
        Trainer<LinearNetwork> trainer = new(network, new Descent()) { Epochs = 50, BatchSize = 5, TimeLimit = limit, Clock = clock };
        TrainingHistory history = trainer.Fit(data, data);

        Assert.Equal(6, network.StepCount);
        Assert.Equal(2, history.Count);
        Assert.NotNull(history[1].ValidationAccuracy);
    }

    [Fact]
    public void An_epoch_that_ends_in_time_is_the_last_one()
    {
        ManualClock clock = new();
        LinearNetwork network = new(2, 2) { Observe = (in _) => clock.Advance(seconds: 1) };
        Trainer<LinearNetwork> trainer = new(network, new Descent()) { BatchSize = 5, TimeLimit = TimeSpan.FromSeconds(4), Clock = clock };

        Assert.Single(trainer.Fit(Samples.OfClasses(10, 10)));
        Assert.Equal(4, network.StepCount);
    }

    [Fact]
    public void A_schedule_comes_to_its_end_with_the_time()
    {
        ManualClock clock = new();
        List<float> rates = [];
        Descent descent = new() { LearningRate = 1 };
        LinearNetwork network = new(2, 2)
        {
            Observe = (in _) =>
            {
                rates.Add(descent.LearningRate);
                clock.Advance(seconds: 1);
            },
        };
        new Trainer<LinearNetwork>(network, descent)
        {
            Epochs = 1000,
            BatchSize = 5,
            TimeLimit = TimeSpan.FromSeconds(4),
            Schedule = new CosineDecay(),
            Clock = clock,
        }.Fit(Samples.OfClasses(10, 10));

        Assert.Equal([1, 0.8535534f, 0.5f, 0.1464466f], rates, (a, b) => MathF.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public void The_bar_tells_the_time_to_the_limit_where_that_is_nearer()
    {
        StringWriter writer = new();
        ManualClock clock = new();
        ConsoleProgress progress = new(writer, ProgressStyle.Bar, 100, clock);
        progress.Begin(epochs: 10, batchesPerEpoch: 1, limit: TimeSpan.FromSeconds(15));
        clock.Advance(seconds: 10);
        progress.ShowBatch(1, 1, 0.5);
        Assert.Contains("ETA 0:05", writer.ToString());

        clock.Advance(seconds: 10);
        progress.ShowBatch(2, 1, 0.5);
        Assert.Contains("took 0:20", writer.ToString());
    }

    [Fact]
    public void A_limit_of_nothing_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>("TimeLimit", () =>
            new Trainer<LinearNetwork>(new LinearNetwork(1, 1), new Descent()) { TimeLimit = TimeSpan.Zero });
}
