namespace NetGen.Training.Tests;

public sealed class ScheduleTests
{
    [Fact]
    public void Cosine_falls_as_in_PyTorch()
    {
        // torch.optim.lr_scheduler.CosineAnnealingLR(T_max=5, eta_min=0.1) from a rate of 1.
        double[] expected = [1, 0.9140576, 0.6890576, 0.4109424, 0.1859424];
        CosineDecay cosine = new() { Least = 0.1 };

        for (int step = 0; step < expected.Length; step++)
        {
            Assert.Equal(expected[step], cosine.Factor(new TrainingProgress(step, 5, step / 5.0)), 1e-6);
        }
    }

    [Fact]
    public void Warming_up_rises_in_a_line_and_then_the_other_sees_the_rest_as_the_whole()
    {
        Recorder recorder = new();
        Warmup warmup = new(0.25, recorder) { Start = 0.2 };
        double[] factors = [.. Enumerable.Range(0, 8).Select(step => warmup.Factor(new TrainingProgress(step, 8, step / 8.0)))];

        Assert.Equal([0.2, 0.6, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5], factors, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([(0, 6), (1, 6), (2, 6), (3, 6), (4, 6), (5, 6)], recorder.Seen.Select(progress => (progress.Step, progress.Steps)));
        Assert.All(recorder.Seen, progress => Assert.Equal(progress.Step / 6.0, progress.Done, 1e-12));
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("share", () => new Warmup(0, new CosineDecay()));
        Assert.Throws<ArgumentOutOfRangeException>("share", () => new Warmup(1, new CosineDecay()));
        Assert.Throws<ArgumentNullException>("then", () => new Warmup(0.5, null!));
        Assert.Throws<ArgumentOutOfRangeException>("Start", () => new Warmup(0.5, new CosineDecay()) { Start = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>("Least", () => new CosineDecay { Least = 1.1 });
    }

    [Fact]
    public void Training_sets_the_rate_before_each_step_and_back_at_the_end()
    {
        List<float> rates = [];
        Descent descent = new() { LearningRate = 0.5f };
        LinearNetwork network = new(2, 2) { Observe = (in _) => rates.Add(descent.LearningRate) };
        Trainer<LinearNetwork> trainer = new(network, descent) { Epochs = 2, BatchSize = 5, Schedule = new CosineDecay() };
        trainer.Fit(Samples.OfClasses(5, 5));

        Assert.Equal([0.5f, 0.4267767f, 0.25f, 0.0732233f], rates, (a, b) => MathF.Abs(a - b) < 1e-6f);
        Assert.Equal(0.5f, descent.LearningRate);
    }

    private sealed class Recorder : Schedule
    {
        public List<TrainingProgress> Seen { get; } = [];

        public override double Factor(in TrainingProgress progress)
        {
            Seen.Add(progress);
            return 0.5;
        }
    }
}
