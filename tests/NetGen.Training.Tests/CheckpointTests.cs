namespace NetGen.Training.Tests;

/// <summary>Trainings that go on from a checkpoint come to the bits that they would have come to without a break.</summary>
public sealed partial class CheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netgen-checkpoints-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Optimizers => [.. MakeOptimizer.Keys];

    private static readonly Dictionary<string, Func<Optimizer>> MakeOptimizer = new()
    {
        ["SGD"] = () => new SGD(0.05f),
        ["SGD with momentum"] = () => new SGD(0.05f) { Momentum = 0.9f },
        ["Adam"] = () => new Adam(),
        ["AdamW with AMSGrad"] = () => new AdamW { AmsGrad = true },
        ["NAdam"] = () => new NAdam(),
        ["RAdam"] = () => new RAdam(),
        ["RMSProp, centered, with momentum"] = () => new RMSProp(1e-3f) { Centered = true, Momentum = 0.5f },
        ["Adagrad with decay"] = () => new Adagrad { LearningRateDecay = 0.1f, InitialAccumulator = 0.1f },
        ["Lion"] = () => new Lion(),
        ["one of the user's"] = () => new Heavy(0.01f),
    };

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_training_that_is_cancelled_at_any_step_and_goes_on_gives_the_same_bits(string optimizer)
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        PointNet whole = new(seed: 1);
        TrainingHistory expected = NewTrainer(whole, MakeOptimizer[optimizer](), folder: null).Fit(data, data);

        // The last step of an epoch, the first of one, and one between.
        foreach (int step in new[] { 4, 5, 10 })
        {
            string folder = Path.Combine(_folder, $"{step}");
            CancelAt(new PointNet(seed: 1), MakeOptimizer[optimizer](), step, folder, data);

            // What a network and an optimizer are made with is overwritten, the seed of dropout included.
            PointNet resumed = new(seed: 1);
            resumed.Parameters.Clear();
            Optimizer other = MakeOptimizer[optimizer]();
            TrainingHistory history = NewTrainer(resumed, other, folder).Fit(data, data);

            Assert.Equal(whole.Parameters.ToArray(), resumed.Parameters.ToArray());
            Assert.Equal(whole.State.ToArray(), resumed.State.ToArray());
            Assert.Equal(whole.StepCount, resumed.StepCount);
            Assert.Equal(Losses(expected), Losses(history));
        }
    }

    [Fact]
    public void Carried_states_go_on_in_the_middle_of_an_epoch()
    {
        Dataset windows = Windows;
        WindowNet whole = new(seed: 1);
        NewTrainer(whole, new Adam(), folder: null).Fit(windows);

        CancelAt(new WindowNet(seed: 1), new Adam(), step: 3, _folder, windows);
        WindowNet resumed = new(seed: 1);
        NewTrainer(resumed, new Adam(), _folder).Fit(windows);

        Assert.Equal(whole.Parameters.ToArray(), resumed.Parameters.ToArray());
    }

    [Fact]
    public void States_that_an_observer_sets_to_zero_go_on_so() =>
        AssertGoesOn(() => new WindowNet(seed: 1), Windows, network => ((IStateful)network).ResetStates());

    [Fact]
    public void A_seed_of_dropout_that_an_observer_changes_goes_on() =>
        AssertGoesOn(() => new PointNet(seed: 1), Samples.OfClasses(9, 10, 11), network => ((ITrainable)network).Seed = 7);

    /// <summary>Stops after the third step, in the middle of an epoch, when an observer has done something to the network.</summary>
    private void AssertGoesOn<TNetwork>(Func<TNetwork> create, Dataset data, Action<TNetwork> meddle) where TNetwork : ITrainable
    {
        TNetwork whole = create();
        Train(whole, folder: null);
        using CancellationTokenSource source = new();
        Assert.Throws<OperationCanceledException>(() => Train(create(), _folder, source));
        TNetwork resumed = create();
        Train(resumed, _folder);

        Assert.Equal(whole.Parameters.ToArray(), resumed.Parameters.ToArray());

        void Train(TNetwork network, string? folder, CancellationTokenSource? source = null)
        {
            Trainer<TNetwork> trainer = NewTrainer(network, new Adam(), folder);
            trainer.Observers.Add(new StepAction(result =>
            {
                if (result.Step == 3)
                {
                    meddle(network);
                    source?.Cancel();
                }
            }));
            trainer.Fit(data, cancellationToken: source?.Token ?? default);
        }
    }

    [Fact]
    public void A_rate_that_a_callback_has_changed_goes_on()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        PointNet whole = new(seed: 1);
        Train(whole, folder: null, epochs: 4);
        Train(new PointNet(seed: 1), _folder, epochs: 2);
        PointNet resumed = new(seed: 1);
        Train(resumed, _folder, epochs: 4);

        Assert.Equal(whole.Parameters.ToArray(), resumed.Parameters.ToArray());

        void Train(PointNet network, string? folder, int epochs)
        {
            SGD optimizer = new(0.1f);
            Trainer<PointNet> trainer = NewTrainer(network, optimizer, folder, epochs);
            trainer.Callbacks.Add((in _, _) => optimizer.LearningRate /= 2);
            trainer.Fit(data);
        }
    }

    [Fact]
    public void An_optimizer_whose_rate_a_callback_has_changed_goes_on_itself()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        PointNet network = new(seed: 1);
        SGD optimizer = new(0.1f);
        Trainer<PointNet> trainer = NewTrainer(network, optimizer, _folder);
        using CancellationTokenSource source = new();
        trainer.Callbacks.Add((in _, _) => optimizer.LearningRate /= 2);
        trainer.Callbacks.Add((in result, _) =>
        {
            if (result.Epoch == 2)
            {
                source.Cancel();
            }
        });
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(data, cancellationToken: source.Token));

        TrainingHistory history = trainer.Fit(data);
        Assert.Equal((4, "SGD(LearningRate 0.1)"), (history.Count, history.Settings.Optimizer));
        Assert.Equal(0.1f / 16, optimizer.LearningRate);
    }

    [Fact]
    public void A_schedule_goes_on_with_what_it_remembers()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        Trainer<PointNet> NewTrainer(string? folder) => new(new PointNet(seed: 1), new SGD(0.5f))
        {
            Epochs = 8,
            BatchSize = 5,
            Schedule = new ReduceOnPlateau(0.5, patience: 0) { Threshold = 0.5 },
            Checkpoints = folder is null ? null : new Checkpoints(folder),
        };
        TrainingHistory whole = NewTrainer(null).Fit(data, data);
        using CancellationTokenSource source = new();
        Trainer<PointNet> first = NewTrainer(_folder);
        first.Observers.Add(new StepAction(result =>
        {
            if (result.Step == 27)
            {
                source.Cancel();
            }
        }));
        Assert.Throws<OperationCanceledException>(() => first.Fit(data, data, cancellationToken: source.Token));
        TrainingHistory resumed = NewTrainer(_folder).Fit(data, data);

        Assert.True(whole[4].LearningRate > whole[7].LearningRate);
        Assert.Equal(whole.Select(result => result.LearningRate), resumed.Select(result => result.LearningRate));
        Assert.Equal(Losses(whole), Losses(resumed));
    }

    [Fact]
    public void A_training_that_is_done_gives_its_results_again()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        PointNet first = new(seed: 1);
        TrainingHistory expected = NewTrainer(first, new Adam(), _folder).Fit(data);
        PointNet second = new(seed: 2);
        TrainingHistory history = NewTrainer(second, new Adam(), _folder).Fit(data);

        Assert.Equal(expected, history);
        Assert.Equal(first.Parameters.ToArray(), second.Parameters.ToArray());
    }

    [Fact]
    public void The_mean_of_the_parameters_is_there_when_a_training_that_is_done_goes_on()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        (float[] last, float[] mean) = Swap(new PointNet(seed: 1));

        Assert.NotEqual(last, mean);
        (float[] lastAgain, float[] meanAgain) = Swap(new PointNet(seed: 2));
        Assert.Equal(last, lastAgain);
        Assert.Equal(mean, meanAgain);

        // What is frozen is its own mean, also where a checkpoint was written before the first step.
        Assert.Equal(last[..16], mean[..16]);

        (float[] Last, float[] Mean) Swap(PointNet network)
        {
            SGD optimizer = new(0.05f) { AverageDecay = 0.9f, Groups = [new("dense1.weight") { Frozen = true }] };
            NewTrainer(network, optimizer, _folder).Fit(data);
            float[] parameters = Parameters(network);
            optimizer.SwapAverage();
            return (parameters, Parameters(network));
        }

        static float[] Parameters(PointNet network) => [.. PointNet.Info.Parameters.SelectMany(parameter =>
        {
            float[] values = new float[parameter.Shape.Count];
            network.Export(parameter.Name, values);
            return values;
        })];
    }

    [Fact]
    public void The_seed_of_dropout_goes_through_two_resumes()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        PointNet whole = new(seed: 1);
        NewTrainer(whole, new Adam(), folder: null).Fit(data, data);

        CancelAt(new PointNet(seed: 1), new Adam(), step: 7, _folder, data);
        CancelAt(new PointNet(seed: 2), new Adam(), step: 15, _folder, data);
        PointNet resumed = new(seed: 3);
        TrainingHistory history = NewTrainer(resumed, new Adam(), _folder).Fit(data, data);

        Assert.Equal(whole.Parameters.ToArray(), resumed.Parameters.ToArray());
        Assert.Equal(1, history.Settings.NetworkSeed);
    }

    /// <summary>Four batches of 5 windows.</summary>
    private static Dataset Windows => Dataset.FromArrays([.. Enumerable.Range(0, 120).Select(i => MathF.Sin(i))], 6, [.. Enumerable.Range(0, 20).Select(i => MathF.Cos(i))], 1);

    private string LastPath => Path.Combine(_folder, "last.safetensors");

    private static Trainer<TNetwork> NewTrainer<TNetwork>(TNetwork network, Optimizer optimizer, string? folder, int epochs = 4, bool best = false, Schedule? schedule = null)
        where TNetwork : ITrainable => new(network, optimizer)
        {
            Epochs = epochs,
            BatchSize = 5,
            Schedule = schedule,
            EarlyStopping = best ? new EarlyStopping(patience: epochs) : null,
            Checkpoints = folder is null ? null : new Checkpoints(folder),
        };

    private static void CancelAt<TNetwork>(TNetwork network, Optimizer optimizer, int step, string folder, Dataset data)
        where TNetwork : ITrainable
    {
        using CancellationTokenSource source = new();
        Trainer<TNetwork> trainer = NewTrainer(network, optimizer, folder);
        trainer.Observers.Add(new StepAction(result =>
        {
            if (result.Step == step)
            {
                source.Cancel();
            }
        }));
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(data, network is IStateful ? null : data, cancellationToken: source.Token));
        Assert.Equal(step, network.StepCount);
    }

    private static IEnumerable<(int, double, double?, double?)> Losses(TrainingHistory history) =>
        history.Select(result => (result.Epoch, result.TrainingLoss, result.ValidationLoss, result.ValidationAccuracy));
}

/// <summary>Does something after each step.</summary>
internal sealed class StepAction(Action<StepResult> action) : TrainingObserver
{
    public override void Step(in StepResult result, TrainingContext context) => action(result);
}

/// <summary>Descent with a memory of its own.</summary>
internal sealed class Heavy(float learningRate) : Optimizer(learningRate)
{
    private float[]? _velocity;

    protected override void Begin(int parameterFloats) => _velocity ??= new float[parameterFloats];

    protected override void Update(int start, Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            _velocity![start + i] = (0.9f * _velocity[start + i]) + gradients[i];
            parameters[i] -= LearningRate * _velocity[start + i];
        }
    }

    protected override void CarryOver(OptimizerTransfer transfer) => transfer.Memory("velocity", _velocity ??= new float[transfer.ParameterFloats]);
}

/// <summary>What a class was before it got other layers.</summary>
internal static partial class Earlier
{
    [Network]
    [Input(2), Standardize, Dense(7), ReLU]
    [Dense(3), SoftmaxCrossEntropy]
    internal sealed partial class PointNet;
}

[Network]
[Input(2), Standardize, Dense(8), BatchNorm, ReLU, Dropout(0.2f)]
[Dense(3), SoftmaxCrossEntropy]
internal sealed partial class PointNet;

[Network]
[Input(2), Standardize, Dense(9), ReLU]
[Dense(3), SoftmaxCrossEntropy]
internal sealed partial class WidePointNet;

[Network(Stateful = true)]
[Input(3, 2), GRU(4), LastStep, Dense(1), MeanSquaredError]
internal sealed partial class WindowNet;
