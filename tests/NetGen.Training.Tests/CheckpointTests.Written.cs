using System.Text.Json;

namespace NetGen.Training.Tests;

/// <summary>Checkpoints as they are written: when, what they hold, and which networks are kept.</summary>
public sealed partial class CheckpointTests
{
    [Fact]
    public void The_network_loads_a_checkpoint_as_any_file()
    {
        PointNet network = new(seed: 1);
        NewTrainer(network, new Adam(), _folder).Fit(Samples.OfClasses(9, 10, 11));
        PointNet loaded = new();
        loaded.Load(Path.Combine(_folder, "last.safetensors"));

        Assert.Equal(network.Parameters.ToArray(), loaded.Parameters.ToArray());
        Assert.Equal(network.StepCount, loaded.StepCount);
    }

    [Fact]
    public void Training_that_gets_no_better_ends_with_the_best_network()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        double[] scores = [3, 2, 1, 5, 4, 6, 0];
        List<float[]> parameters = [];
        PointNet network = new(seed: 1);
        Trainer<PointNet> trainer = new(network, new Adam(1e-2f))
        {
            Epochs = 7,
            EarlyStopping = new EarlyStopping(patience: 3),
            Score = result => scores[result.Epoch - 1],
            Checkpoints = new Checkpoints(_folder) { KeepBest = 2 },
        };
        trainer.Callbacks.Add((in _, _) => parameters.Add(network.Parameters.ToArray()));

        Assert.Equal(6, trainer.Fit(data).Count);
        Assert.Equal(parameters[2], network.Parameters.ToArray());
        Assert.Equal(["epoch-2.safetensors", "epoch-3.safetensors", "last.safetensors"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order());

        PointNet best = new();
        best.Load(Path.Combine(_folder, "epoch-3.safetensors"));
        Assert.Equal(parameters[2], best.Parameters.ToArray());
    }

    [Fact]
    public void Steps_and_time_say_when_a_checkpoint_is_due()
    {
        ManualClock clock = new();
        List<long> written = [];
        PointNet network = new(seed: 1);
        Trainer<PointNet> trainer = new(network, new Adam())
        {
            Epochs = 2,
            BatchSize = 5,
            Clock = clock,
            Checkpoints = new Checkpoints(_folder) { EverySteps = 5, Every = TimeSpan.FromSeconds(3) },
        };
        trainer.Observers.Add(new StepAction(result =>
        {
            clock.Advance(result.Step < 6 ? 0 : 1);
            long step = long.Parse(SafetensorsFile.Read(Path.Combine(_folder, "last.safetensors")).Metadata["netgen.step"]);
            if (written.Count == 0 || written[^1] != step)
            {
                written.Add(step);
            }
        }));
        trainer.Fit(Samples.OfClasses(9, 10, 11));

        // At the start, after 5 steps, and then every 3 seconds, of which each step takes one; the end is seen by nobody.
        Assert.Equal([0, 5, 8, 11], written);
    }

    [Fact]
    public void A_network_that_has_diverged_does_not_replace_the_checkpoint()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        PointNet network = new(seed: 1);
        Trainer<PointNet> trainer = new(network, new Adam()) { Epochs = 4, BatchSize = 5, Checkpoints = new Checkpoints(_folder) { EverySteps = 2 } };
        trainer.Observers.Add(new StepAction(result =>
        {
            if (result.Step == 10)
            {
                network.Parameters[0] = float.NaN;
            }
        }));
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => trainer.Fit(data));

        Assert.Contains($"Delete '{_folder}' first", exception.Message);
        PointNet kept = new();
        kept.Load(LastPath);
        Assert.Equal(8, kept.StepCount);
        Assert.True(StepGuard.AllFinite(kept.Parameters));
    }

    [Fact]
    public void A_score_that_is_not_a_number_is_no_best_one_and_keeps_no_network()
    {
        double[] scores = [double.NaN, double.NaN, 3, double.NaN, 2, double.NaN, double.NaN, double.NaN];
        List<float[]> parameters = [];
        PointNet network = new(seed: 1);
        Trainer<PointNet> trainer = new(network, new Adam(1e-2f))
        {
            Epochs = scores.Length,
            EarlyStopping = new EarlyStopping(patience: 3),
            Score = result => scores[result.Epoch - 1],
            Checkpoints = new Checkpoints(_folder) { KeepBest = 3 },
        };
        trainer.Callbacks.Add((in _, _) => parameters.Add(network.Parameters.ToArray()));

        Assert.Equal(8, trainer.Fit(Samples.OfClasses(9, 10, 11)).Count);
        Assert.Equal(parameters[4], network.Parameters.ToArray());
        Assert.Equal(["epoch-3.safetensors", "epoch-5.safetensors", "last.safetensors"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_training_whose_scores_are_never_numbers_ends()
    {
        PointNet network = new(seed: 1);
        Trainer<PointNet> trainer = new(network, new Adam()) { Epochs = 9, EarlyStopping = new EarlyStopping(patience: 3), Score = _ => double.NaN };

        Assert.Equal(4, trainer.Fit(Samples.OfClasses(9, 10, 11)).Count);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_an_error_before_training()
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        PointNet network = new();
        IOException exception = Assert.Throws<IOException>(() => NewTrainer(network, new Adam(), Path.Combine(file, "run")).Fit(Samples.OfClasses(9, 10, 11)));

        Assert.StartsWith($"Cannot keep checkpoints in '{Path.Combine(file, "run")}': ", exception.Message);
        Assert.Equal(0, network.StepCount);
    }

    [Fact]
    public void What_a_killed_process_left_half_written_is_removed()
    {
        string half = Path.Combine(_folder, "last.safetensors.0123456789abcdef.tmp");
        File.WriteAllText(half, "half");
        NewTrainer(new PointNet(), new Adam(), _folder).Fit(Samples.OfClasses(9, 10, 11));

        Assert.False(File.Exists(half));
    }

    [Fact]
    public void The_record_of_a_checkpoint_is_json()
    {
        NewTrainer(new PointNet(), new Adam(), _folder).Fit(Samples.OfClasses(9, 10, 11));
        string json = SafetensorsFile.Read(Path.Combine(_folder, "last.safetensors")).Metadata["netgen.training"];
        using JsonDocument document = JsonDocument.Parse(json);

        Assert.Equal(4, document.RootElement.GetProperty("history").GetArrayLength());
        Assert.Equal("Adam(LearningRate 0.001, Beta1 0.9, Beta2 0.999, Epsilon 1E-08)", document.RootElement.GetProperty("settings").GetProperty("optimizer").GetString());
    }
}
