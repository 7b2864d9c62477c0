namespace NetGen.Allocation.Tests;

public sealed class TrainingTests
{
    private const int Steps = 100;
    private const int Samples = 5;

    public static TheoryData<string> Optimizers => [.. Makers.Keys];

    public static TheoryData<string> Networks =>
    [
        nameof(EveryLayer), nameof(EveryImageLayer), nameof(TwoInputs), nameof(SigmoidNet), nameof(SquaredNet), nameof(AbsoluteNet), nameof(HuberNet), nameof(WeighedNet), nameof(FocalNet),
        nameof(SigmoidFocalNet), nameof(DivergenceNet), nameof(HingeNet), nameof(QuantileNet), nameof(CosineNet), nameof(CustomNet), nameof(TwoOutputs),
        nameof(PositiveNet), nameof(PairNet), nameof(TripletNet), nameof(PairAndKind),
    ];

    private static readonly Dictionary<string, Func<Optimizer>> Makers = new()
    {
        ["SGD"] = () => new SGD(1e-3f) { WeightDecay = 1e-4f },
        ["SGD with momentum"] = () => new SGD(1e-3f) { Momentum = 0.9f },
        ["SGD with Nesterov's momentum"] = () => new SGD(1e-3f) { Momentum = 0.9f, Nesterov = true },
        ["Adam"] = () => new Adam(1e-3f),
        ["AdamW"] = () => new AdamW(1e-3f),
        ["Lion in groups"] = () => new Lion(1e-4f) { Groups = [new("*.bias") { LearningRateFactor = 2 }, new("stem") { Frozen = true }] },
        ["NAdam, clipped and averaged"] = () => new NAdam(1e-3f) { ClipValue = 0.1f, AverageDecay = 0.99f, L1Penalty = 1e-4f },
        ["RAdam, by norm and accumulated"] = () => new RAdam(1e-3f) { ClipNorm = 1, AccumulationSteps = 3 },
        ["RMSProp"] = () => new RMSProp(1e-3f) { Momentum = 0.9f, Centered = true },
        ["Adagrad"] = () => new Adagrad(1e-3f),
    };

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_hundred_steps_of_the_loop_and_of_TrainStep_allocate_nothing(string name)
    {
        EveryLayer network = new();
        Optimizer optimizer = Makers[name]();
        float[] inputs = Numbers.Of(Samples * EveryLayer.InputSize);
        int[] classes = [0, 1, 2, 1, 0];

        Assert.Equal(0, AllocatedBytes.During(() =>
        {
            for (int step = 0; step < Steps; step++)
            {
                network.Forward(inputs, classes);
                network.Backward();
                optimizer.Step(network);
                network.TrainStep(inputs, classes, optimizer);
            }
        }));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_hundred_steps_evaluations_and_predictions_of_every_network_allocate_nothing(string name)
    {
        ITrainable network = Create(name);
        Adam optimizer = new(1e-3f);
        float[] inputs = Numbers.Of(Samples * network.Info.InputSize);
        float[] targets = [.. Numbers.Of(Samples * network.Info.TargetSize).Select(Math.Abs)];
        float[] weights = [1, 2, 0, 1, 0.5f];
        float[] predictions = new float[Samples * network.Info.OutputSize];

        Assert.Equal(0, AllocatedBytes.During(() =>
        {
            Batch batch = new() { Count = Samples, Inputs = inputs, Targets = targets, Weights = weights };
            for (int step = 0; step < Steps; step++)
            {
                network.TrainStep(batch, optimizer);
                network.Evaluate(batch, predictions);
                network.Predict(inputs, predictions);
            }
        }));
    }

    [Fact]
    public void Classes_that_become_weighed_and_smoothed_targets_allocate_nothing()
    {
        WeighedNet weighed = new();
        FocalNet focal = new();
        SGD optimizer = new(1e-3f), other = new(1e-3f);
        float[] inputs = Numbers.Of(Samples * WeighedNet.InputSize), predictions = new float[Samples * WeighedNet.OutputSize];
        int[] classes = [0, 1, 2, 1, 0];

        Assert.Equal(0, AllocatedBytes.During(() =>
        {
            Batch batch = new() { Count = Samples, Inputs = inputs, Classes = classes };
            for (int step = 0; step < Steps; step++)
            {
                weighed.TrainStep(batch, optimizer);
                weighed.Evaluate(batch, predictions);
                focal.TrainStep(batch, other);
            }
        }));
    }

    [Fact]
    public void Steps_on_several_threads_allocate_nothing_on_any_thread()
    {
        int threads = NetGenRuntime.Threads;
        NetGenRuntime.Threads = 3;
        const int samples = 200;
        WideNet network = new();
        Adam optimizer = new(1e-3f);
        float[] inputs = Numbers.Of(samples * WideNet.InputSize);
        float[] targets = Numbers.Of(samples * WideNet.OutputSize), predictions = new float[targets.Length];

        Assert.True(CompilerServices.WorkSharing.Workers(samples, 6L * WideNet.ParameterCount) == 3, "too small to be shared");
        Assert.Equal(0, AllocatedBytes.During(() =>
        {
            for (int step = 0; step < 10; step++)
            {
                network.TrainStep(inputs, targets, optimizer);
                network.Forward(inputs, targets);
                network.Backward();
                network.Predict(inputs, predictions);
            }
        }));
        NetGenRuntime.Threads = threads;
    }

    [Fact]
    public void Batches_up_to_the_reserved_size_allocate_nothing()
    {
        SigmoidNet network = new(seed: 1, maxBatch: Samples);
        float[] inputs = Numbers.Of(Samples * SigmoidNet.InputSize);
        float[] targets = [.. Numbers.Of(Samples * SigmoidNet.OutputSize).Select(Math.Abs)];

        Assert.Equal(0, AllocatedBytes.During(() =>
        {
            for (int step = 0; step < Steps; step++)
            {
                int count = 1 + step % Samples;
                network.Forward(inputs.AsSpan(0, count * SigmoidNet.InputSize), targets.AsSpan(0, count * SigmoidNet.OutputSize));
                network.Backward();
            }
        }));
    }

    [Fact]
    public void The_first_batch_after_reserving_allocates_nothing()
    {
        float[] inputs = Numbers.Of(Samples * SigmoidNet.InputSize);
        float[] targets = [.. Numbers.Of(Samples * SigmoidNet.OutputSize).Select(Math.Abs)];

        Assert.Equal(0, AllocatedBytes.Least(() =>
        {
            SigmoidNet network = new(seed: 1, maxBatch: Samples);
            long before = AllocatedBytes.Now();
            network.Forward(inputs, targets);
            network.Backward();
            return AllocatedBytes.Now() - before;
        }));
    }

    [Fact]
    public void Fitting_preprocessing_allocates_nothing()
    {
        EveryLayer network = new();
        float[] samples = Numbers.Of(50 * EveryLayer.InputSize);

        Assert.Equal(0, AllocatedBytes.During(() => network.FitPreprocessing(samples)));
    }

    private static ITrainable Create(string name) => name switch
    {
        nameof(EveryLayer) => new EveryLayer(),
        nameof(EveryImageLayer) => new EveryImageLayer(),
        nameof(TwoInputs) => new TwoInputs(),
        nameof(SigmoidNet) => new SigmoidNet(),
        nameof(SquaredNet) => new SquaredNet(),
        nameof(AbsoluteNet) => new AbsoluteNet(),
        nameof(WeighedNet) => new WeighedNet(),
        nameof(FocalNet) => new FocalNet(),
        nameof(SigmoidFocalNet) => new SigmoidFocalNet(),
        nameof(DivergenceNet) => new DivergenceNet(),
        nameof(HingeNet) => new HingeNet(),
        nameof(QuantileNet) => new QuantileNet(),
        nameof(CosineNet) => new CosineNet(),
        nameof(PositiveNet) => new PositiveNet(),
        nameof(PairNet) => new PairNet(),
        nameof(TripletNet) => new TripletNet(),
        nameof(PairAndKind) => new PairAndKind(),
        nameof(CustomNet) => new CustomNet(),
        nameof(TwoOutputs) => new TwoOutputs(),
        _ => new HuberNet(),
    };
}
