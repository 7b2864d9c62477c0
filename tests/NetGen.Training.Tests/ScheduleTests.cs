using System.Globalization;
using NetGen.Testing;

namespace NetGen.Training.Tests;

public sealed class ScheduleTests
{
    /// <summary>By the text in the fixture's metadata.</summary>
    private static readonly Schedule[] OfFixtures =
    [
        new Constant(0.3), new StepDecay(5, 0.3), new MultiStepDecay(0.2, 0.22, 0.5, 0.86), new ExponentialDecay(0.02), new PolynomialDecay(2), new PolynomialDecay { Least = 0.1 },
        new CosineDecay { Least = 0.1 }, new CosineRestarts(0.14, 2) { Least = 0.01 }, new CosineRestarts(0.2), new OneCycle(), new OneCycle(0.5) { Start = 0.1, Least = 0.001 },
        new Warmup(0.2, new CosineDecay()), new Warmup(0.1, new ExponentialDecay(0.1)) { Start = 0.5 }, new ReduceOnPlateau(0.5, 3),
        new ReduceOnPlateau(0.3, 2) { Threshold = 0.01, Cooldown = 4, Least = 0.05 },
    ];

    private static readonly string[] Fixtures =
    [
        "constant", "step", "multi_step", "exponential", "polynomial", "linear", "cosine", "cosine_restarts", "cosine_restarts_equal", "one_cycle", "one_cycle_options", "warmup_cosine",
        "warmup_exponential", "plateau", "plateau_options",
    ];

    public static TheoryData<string> Names => [.. Fixtures];

    [Theory]
    [InlineData(0.1, 10)]
    [InlineData(0.25, 4)]
    [InlineData(0.5, 2)]
    public void One_cycle_whose_rise_is_one_step_begins_at_the_top(double rise, int steps) =>
        Assert.Equal(1, new OneCycle(rise).Factor(new TrainingProgress(0, steps, 0)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Rates_of_fifty_steps_equal_PyTorch(string name)
    {
        SafetensorsFile file = SafetensorsFile.Read(Repository.Fixture($"schedule_{name}.safetensors"));
        float[] expected = Floats("rates"), losses = file.Tensors.Any(tensor => tensor.Name == "losses") ? Floats("losses") : [];
        Schedule schedule = OfFixtures[Array.IndexOf(Fixtures, name)];

        Assert.Equal(50, expected.Length);
        for (int step = 0; step < expected.Length; step++)
        {
            double factor = schedule.Factor(new TrainingProgress(step, expected.Length, step / (double)expected.Length));
            Assert.True(Math.Abs(factor - expected[step]) <= 1e-5 * expected[step] + 1e-9, $"step {step} of {file.Metadata["schedule"]}: expected {expected[step]}, got {factor}");
            if (losses.Length > 0)
            {
                schedule.EndEpoch(new EpochResult { Epoch = step + 1, TrainingLoss = losses[step], Seconds = 1, SamplesPerSecond = 1 });
            }
        }

        float[] Floats(string tensor)
        {
            SafetensorsTensor found = file.Tensors.Single(candidate => candidate.Name == tensor);
            float[] values = new float[found.Count];
            found.CopyTo(values);
            return values;
        }
    }

    [Fact]
    public void A_plateau_goes_on_from_its_state_through_a_warmup_and_starts_anew_with_a_training()
    {
        Warmup whole = new(0.1, new ReduceOnPlateau(0.5, 1)), first = new(0.1, new ReduceOnPlateau(0.5, 1)), second = new(0.1, new ReduceOnPlateau(0.5, 1));
        double[] expected = Run(whole, 0, 20), before = Run(first, 0, 9);
        first.State.CopyTo(second.State);

        Assert.Equal(expected, before.Concat(Run(second, 9, 20)));
        Assert.Contains(0.25, expected);
        Assert.Equal(expected, Run(whole, 0, 20));

        static double[] Run(Schedule schedule, int from, int to)
        {
            if (from == 0)
            {
                schedule.Begin();
            }
            return [.. Enumerable.Range(from, to - from).Select(step => Step(schedule, step))];
        }

        static double Step(Schedule schedule, int step)
        {
            double factor = schedule.Factor(new TrainingProgress(step, 20, step / 20.0));
            schedule.EndEpoch(new EpochResult { Epoch = step + 1, TrainingLoss = 5, ValidationLoss = step < 4 ? 1 : 2, Seconds = 1, SamplesPerSecond = 1 });
            return factor;
        }
    }

    // 0.15 of 10 steps is no whole number, and with a time limit the share that is done runs ahead of the steps: after the warmup there is no step 0, or there are many.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_training_begins_a_plateau_behind_a_warmup_anew_and_once(bool limited)
    {
        ManualClock clock = new();
        Descent descent = new() { LearningRate = 1e-20f };
        LinearNetwork network = new(2, 2) { Observe = (in _) => clock.Advance(seconds: 1) };
        Trainer<LinearNetwork> trainer = new(network, descent)
        {
            Epochs = limited ? 1000 : 10,
            BatchSize = 10,
            TimeLimit = limited ? TimeSpan.FromSeconds(10) : null,
            Clock = clock,
            Schedule = new Warmup(0.15, new ReduceOnPlateau(0.5, patience: 2)),
        };
        Dataset data = Samples.OfClasses(5, 5);
        double[] first = [.. trainer.Fit(data).Select(Factor)], second = [.. trainer.Fit(data).Select(Factor)];

        // The loss stays, so that the rate falls after epochs 4, 7 and 10.
        Assert.Equal([1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25], first[2..]);
        Assert.Equal(first, second);

        static double Factor(EpochResult result) => Math.Round(result.LearningRate / 1e-20, 5);
    }

    [Fact]
    public void A_schedule_begins_with_a_training_and_not_where_one_goes_on()
    {
        string folder = Directory.CreateTempSubdirectory("netgen-schedule-").FullName;
        Recorder recorder = new();
        Fit(epochs: 2);
        Fit(epochs: 2);
        Directory.Delete(folder, recursive: true);

        Assert.Equal(1, recorder.Begun);

        void Fit(int epochs) => new Trainer<PointNet>(new PointNet(seed: 1), new SGD()) { Epochs = epochs, Schedule = new Warmup(0.1, recorder), Checkpoints = new Checkpoints(folder) }
            .Fit(Samples.OfClasses(5, 5, 5));
    }

    [Fact]
    public void A_loss_that_is_not_a_number_is_no_better_one()
    {
        ReduceOnPlateau plateau = new(0.5, patience: 1);
        plateau.Begin();
        double[] losses = [double.NaN, double.NaN, 3, double.NaN, 2, double.NaN, double.NaN], factors = new double[losses.Length];
        for (int i = 0; i < losses.Length; i++)
        {
            plateau.EndEpoch(new EpochResult { Epoch = i + 1, TrainingLoss = 1, ValidationLoss = losses[i], Seconds = 1, SamplesPerSecond = 1 });
            factors[i] = plateau.Factor(default);
        }

        Assert.Equal([1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25], factors);
    }

    [Fact]
    public void The_trainer_tells_the_schedule_of_each_epoch()
    {
        Recorder recorder = new();
        LinearNetwork network = new(2, 2);
        TrainingHistory history = new Trainer<LinearNetwork>(network, new Descent()) { Epochs = 3, BatchSize = 5, Schedule = recorder }.Fit(Samples.OfClasses(5, 5));

        Assert.Equal(Enumerable.Range(0, 3).Select(epoch => history[epoch].TrainingLoss), recorder.Losses);
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
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => new Constant(-1));
        Assert.Throws<ArgumentOutOfRangeException>("parts", () => new StepDecay(1));
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => new StepDecay(2, 1));
        Assert.Throws<ArgumentException>("at", () => new MultiStepDecay(0.1));
        Assert.Throws<ArgumentException>("at", () => new MultiStepDecay(0.1, 0.5, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>("last", () => new ExponentialDecay(0));
        Assert.Throws<ArgumentOutOfRangeException>("power", () => new PolynomialDecay(0));
        Assert.Throws<ArgumentOutOfRangeException>("first", () => new CosineRestarts(0));
        Assert.Throws<ArgumentOutOfRangeException>("growth", () => new CosineRestarts(0.1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>("rise", () => new OneCycle(1));
        Assert.Throws<ArgumentOutOfRangeException>("patience", () => new ReduceOnPlateau(patience: -1));
        Assert.Throws<ArgumentOutOfRangeException>("Cooldown", () => new ReduceOnPlateau { Cooldown = -1 });
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

    public static TheoryData<Schedule, string> Texts => new()
    {
        { new Constant(0.5), "Constant(factor 0.5)" },
        { new CosineDecay { Least = 0.1 }, "CosineDecay(Least 0.1)" },
        { new CosineRestarts(0.25, growth: 2), "CosineRestarts(first 0.25, growth 2, Least 0)" },
        { new ExponentialDecay(), "ExponentialDecay(last 0.01)" },
        { new MultiStepDecay(0.1, 0.5, 0.75), "MultiStepDecay(factor 0.1, at 0.5 0.75)" },
        { new OneCycle(), "OneCycle(rise 0.3, Start 0.04, Least 4E-06)" },
        { new PolynomialDecay(2), "PolynomialDecay(power 2, Least 0)" },
        { new ReduceOnPlateau(patience: 3) { Cooldown = 1 }, "ReduceOnPlateau(factor 0.1, patience 3, Threshold 0.0001, Cooldown 1, Least 0)" },
        { new StepDecay(3), "StepDecay(parts 3, factor 0.1)" },
        { new Warmup(0.2, new CosineDecay()), "Warmup(share 0.2, Start 0.04, CosineDecay(Least 0))" },
        { new Recorder(), "Recorder" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_schedule_is_told_by_its_settings_in_every_culture(Schedule schedule, string expected)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
        try
        {
            Assert.Equal(expected, schedule.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private sealed class Recorder : Schedule
    {
        public List<TrainingProgress> Seen { get; } = [];

        public List<double> Losses { get; } = [];

        public int Begun { get; private set; }

        public override void Begin() => Begun++;

        public override void EndEpoch(in EpochResult result) => Losses.Add(result.TrainingLoss);

        public override double Factor(in TrainingProgress progress)
        {
            Seen.Add(progress);
            return 0.5;
        }
    }
}
