namespace NetGen.Tests.Optimizers;

/// <summary>What optimizers do beside their rule: groups, penalties, clipping, accumulation, averages.</summary>
public sealed class ParameterGroupTests
{
    private const string Weight = "dense1.weight", Bias = "dense1.bias";

    [Fact]
    public void Weight_decay_and_the_L1_penalty_leave_biases_alone_unless_a_group_says_otherwise()
    {
        (float[] weight, float[] bias) = StepOf(new SGD(0.5f) { WeightDecay = 0.1f });
        Assert.Equal(Numbers(1, 6, p => p - 0.5f * (0.1f * p)), weight);
        Assert.Equal([7, 8, 9], bias);

        (weight, bias) = StepOf(new SGD(0.5f) { L1Penalty = 0.5f });
        Assert.Equal(Numbers(1, 6, p => p - 0.25f), weight);
        Assert.Equal([7, 8, 9], bias);

        (weight, bias) = StepOf(new SGD(0.5f) { WeightDecay = 0.1f, Groups = [new("*.bias") { WeightDecay = 0.2f, L1Penalty = 1 }, new("dense1") { WeightDecay = 0 }] });
        Assert.Equal(Numbers(1, 6, p => p), weight);
        Assert.Equal(Numbers(7, 3, p => p - 0.5f * (1 + 0.2f * p)), bias);
    }

    [Theory]
    [MemberData(nameof(Makers))]
    public void Frozen_parameters_stay_and_others_follow_their_own_rate(string name)
    {
        Func<float, ParameterGroup[], Optimizer> make = Optimizers[name];
        TestNetwork grouped = Filled(), plain = Filled(), faster = Filled();
        (Optimizer ofGrouped, Optimizer ofPlain, Optimizer ofFaster) = (
            make(0.01f, [new("dense1.bias") { LearningRateFactor = 3, WeightDecay = 0.1f }, new("dense*") { Frozen = true }]), make(0.01f, []),
            make(0.01f * 3, [new("*") { WeightDecay = 0.1f }]));
        float[] before = grouped.Exported(Weight, 6);
        for (int step = 0; step < 10; step++)
        {
            ofGrouped.Step(grouped);
            ofPlain.Step(plain);
            ofFaster.Step(faster);
        }
        Assert.Equal(before, grouped.Exported(Weight, 6));
        Assert.NotEqual(before, plain.Exported(Weight, 6));
        Assert.Equal(faster.Exported(Bias, 3), grouped.Exported(Bias, 3));
        Assert.NotEqual(plain.Exported(Bias, 3), grouped.Exported(Bias, 3));
    }

    [Theory]
    [InlineData("dense2.weight")]
    [InlineData("dense")]
    [InlineData("Dense1.*")]
    [InlineData("*.weights")]
    public void A_pattern_of_no_parameter_is_refused_with_the_names_that_there_are(string pattern)
    {
        TestNetwork network = TestNetwork.Counting();
        int[] before = network.Bits();
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => new Adam { Groups = [new("*", pattern)] }.Step(network));
        Assert.Equal($"TestNet has no parameter '{pattern}', which a group of its optimizer names. It has dense1.weight, dense1.bias.", refused.Message);
        Assert.Equal(before, network.Bits());
    }

    [Theory]
    [InlineData("res1.dense2.weight", "res1", true)]
    [InlineData("res1.dense2.weight", "res1.dense2", true)]
    [InlineData("res1.dense2.weight", "res?.*.weight", true)]
    [InlineData("res1.dense2.weight", "dense2", false)]
    [InlineData("res10.dense2.weight", "res1", false)]
    [InlineData("res1.dense2.weight", "*.bias", false)]
    public void Patterns_are_of_names_and_of_what_they_belong_to(string parameter, string pattern, bool matches) =>
        Assert.Equal(matches, ParameterGroup.Matches(pattern, parameter));

    [Fact]
    public void Gradients_are_clipped_by_value_and_by_their_norm()
    {
        TestNetwork network = Filled(0);
        network.Gradients[0] = 3;
        network.Gradients[1] = -0.25f;
        network.Gradients[17] = -4;
        new SGD(1) { ClipValue = 2 }.Step(network);
        Assert.Equal([-2, 0.25f, 2], [network.Parameters[0], network.Parameters[1], network.Parameters[17]]);

        network = Filled(0);
        (network.Gradients[0], network.Gradients[17]) = (3, -4);
        new SGD(1) { ClipNorm = 2.5f }.Step(network);
        Assert.Equal([-1.5f, 2], [network.Parameters[0], network.Parameters[17]], (a, b) => Math.Abs(a - b) < 1e-5f);

        network = Filled(0);
        (network.Gradients[0], network.Gradients[17]) = (3, -4);
        new SGD(1) { ClipNorm = 2.5f, Groups = [new("*.bias") { Frozen = true }] }.Step(network);
        Assert.Equal([-2.5f, 0], [network.Parameters[0], network.Parameters[17]], (a, b) => Math.Abs(a - b) < 1e-5f);

        network = Filled(0);
        (network.Gradients[0], network.Gradients[17]) = (3, -4);
        new SGD(1) { ClipNorm = 6 }.Step(network);
        Assert.Equal([-3, 4], [network.Parameters[0], network.Parameters[17]]);
    }

    [Fact]
    public void Accumulated_gradients_make_one_update_of_their_mean()
    {
        TestNetwork accumulating = Filled(), whole = Filled();
        (Adam ofAccumulating, Adam ofWhole) = (new(0.1f) { AccumulationSteps = 4 }, new(0.1f));
        for (int update = 0; update < 3; update++)
        {
            int[] before = [.. accumulating.Parameters.ToArray().Select(BitConverter.SingleToInt32Bits)];
            for (int part = 1; part <= 4; part++)
            {
                Assert.Equal(before, accumulating.Parameters.ToArray().Select(BitConverter.SingleToInt32Bits));
                accumulating.Gradients.Fill(part);
                ofAccumulating.Step(accumulating);
            }
            whole.Gradients.Fill(2.5f);
            ofWhole.Step(whole);
            Assert.Equal(whole.Parameters.ToArray(), accumulating.Parameters.ToArray());
        }
        Assert.Equal((12, 3), (accumulating.StepCount - 7, whole.StepCount - 7));
    }

    [Fact]
    public void The_mean_of_the_parameters_can_be_put_in_their_place_and_back()
    {
        TestNetwork network = Filled(0);
        SGD optimizer = new(1) { AverageDecay = 0.75f, Groups = [new("*.bias") { Frozen = true }] };
        Assert.Contains("has made no update yet", Assert.Throws<InvalidOperationException>(optimizer.SwapAverage).Message);
        network.Parameters[16] = 5;
        network.Gradients.Fill(-1);
        optimizer.Step(network);
        optimizer.Step(network);
        optimizer.Step(network);

        Assert.Equal(3, network.Parameters[0]);
        optimizer.SwapAverage();
        Assert.Equal(0.75f * (0.75f * 1 + 0.25f * 2) + 0.25f * 3, network.Parameters[0]);
        Assert.Equal(5, network.Parameters[16]);
        Assert.Contains("Call it once more before the next step", Assert.Throws<InvalidOperationException>(() => optimizer.Step(network)).Message);
        optimizer.SwapAverage();
        Assert.Equal(3, network.Parameters[0]);
        optimizer.Step(network);
        Assert.Contains("Set AverageDecay", Assert.Throws<InvalidOperationException>(new SGD().SwapAverage).Message);
    }

    [Fact]
    public void No_step_is_taken_while_the_mean_is_in_place_also_where_gradients_are_only_added_up()
    {
        TestNetwork network = Filled();
        SGD optimizer = new(1) { AverageDecay = 0.75f, AccumulationSteps = 3 };
        optimizer.Step(network);
        Assert.Contains("has made no update yet", Assert.Throws<InvalidOperationException>(optimizer.SwapAverage).Message);
        optimizer.Step(network);
        optimizer.Step(network);
        optimizer.Step(network);
        optimizer.SwapAverage();
        long steps = network.StepCount;

        Assert.Contains("Call it once more before the next step", Assert.Throws<InvalidOperationException>(() => optimizer.Step(network)).Message);
        Assert.Equal(steps, network.StepCount);
    }

    [Fact]
    public void A_file_that_is_only_checked_makes_no_memory()
    {
        (TestNetwork network, Adagrad optimizer) = (Filled(), Make());
        optimizer.Step(network);
        List<SafetensorsTensor> tensors = [];
        Dictionary<string, string> metadata = [];
        OptimizerFile.Save(optimizer, network, tensors, metadata);
        tensors.RemoveAt(1);
        (TestNetwork expected, TestNetwork actual, Adagrad fresh, Adagrad refused) = (Filled(), Filled(), Make(), Make());
        Assert.Throws<NetworkFormatException>(() => OptimizerFile.Check(refused, actual, new SafetensorsFile(tensors, metadata), fileName: null));

        fresh.Step(expected);
        refused.Step(actual);
        Assert.Equal(expected.Bits(), actual.Bits());

        // Memories that nobody has made yet start from this, and those of zeros would make other steps.
        static Adagrad Make() => new(0.1f) { InitialAccumulator = 0.5f };
    }

    [Fact]
    public void Sums_and_means_go_through_a_checkpoint()
    {
        (TestNetwork network, NAdam optimizer) = (Filled(), Make());
        for (int step = 0; step < 5; step++) optimizer.Step(network);
        List<SafetensorsTensor> tensors = [];
        Dictionary<string, string> metadata = [];
        OptimizerFile.Save(optimizer, network, tensors, metadata);
        (TestNetwork copy, NAdam restored) = (Filled(), Make());
        network.Parameters.CopyTo(copy.Parameters);
        OptimizerFile.Load(restored, copy, new SafetensorsFile(tensors, metadata), fileName: null);

        for (int step = 0; step < 4; step++)
        {
            optimizer.Step(network);
            restored.Step(copy);
            Assert.Equal(network.Exported(Weight, 6), copy.Exported(Weight, 6));
        }
        optimizer.SwapAverage();
        restored.SwapAverage();
        Assert.Equal(network.Exported(Weight, 6), copy.Exported(Weight, 6));
        Assert.Contains("before saving or loading", Assert.Throws<InvalidOperationException>(() => OptimizerFile.Save(optimizer, network, [], [])).Message);

        static NAdam Make() => new(0.1f) { AccumulationSteps = 2, AverageDecay = 0.9f };
    }

    [Fact]
    public void Nothing_is_allocated_after_the_first_step()
    {
        TestNetwork network = Filled();
        AdamW optimizer = new() { ClipNorm = 1, ClipValue = 0.5f, AccumulationSteps = 2, AverageDecay = 0.9f, L1Penalty = 0.1f, Groups = [new("*.bias") { LearningRateFactor = 2 }] };
        optimizer.Step(network);
        optimizer.Step(network);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            optimizer.Step(network);
            optimizer.SwapAverage();
            optimizer.SwapAverage();
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentNullException>("Groups", () => new Adam { Groups = null! });
        Assert.Throws<ArgumentException>("patterns", () => new ParameterGroup());
        Assert.Throws<ArgumentException>("patterns", () => new ParameterGroup("dense1", " "));
        Assert.Throws<ArgumentOutOfRangeException>("LearningRateFactor", () => new ParameterGroup("*") { LearningRateFactor = -1 });
        Assert.Throws<ArgumentOutOfRangeException>("WeightDecay", () => new ParameterGroup("*") { WeightDecay = float.NaN });
        Assert.Throws<ArgumentOutOfRangeException>("L1Penalty", () => new ParameterGroup("*") { L1Penalty = -1 });
        Assert.Throws<ArgumentOutOfRangeException>("L1Penalty", () => new Adam { L1Penalty = -1 });
        Assert.Throws<ArgumentOutOfRangeException>("ClipValue", () => new Adam { ClipValue = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("ClipNorm", () => new Adam { ClipNorm = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("AccumulationSteps", () => new Adam { AccumulationSteps = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("AverageDecay", () => new Adam { AverageDecay = 1 });
    }

    public static TheoryData<string> Makers => [.. Optimizers.Keys];

    private static readonly Dictionary<string, Func<float, ParameterGroup[], Optimizer>> Optimizers = new()
    {
        ["SGD"] = (rate, groups) => new SGD(rate) { Groups = groups },
        ["SGD with momentum"] = (rate, groups) => new SGD(rate) { Momentum = 0.9f, Groups = groups },
        ["Adam"] = (rate, groups) => new Adam(rate) { Groups = groups },
        ["AdamW"] = (rate, groups) => new AdamW(rate) { Groups = groups },
        ["NAdam"] = (rate, groups) => new NAdam(rate) { Groups = groups },
        ["RAdam"] = (rate, groups) => new RAdam(rate) { Beta2 = 0.6f, Groups = groups },
        ["RMSProp"] = (rate, groups) => new RMSProp(rate) { Momentum = 0.9f, Groups = groups },
        ["Adagrad"] = (rate, groups) => new Adagrad(rate) { Groups = groups },
        ["Lion"] = (rate, groups) => new Lion(rate) { Groups = groups },
    };

    private static TestNetwork Filled(float? value = null)
    {
        TestNetwork network = TestNetwork.Counting();
        if (value is { } given)
        {
            network.Parameters.Fill(given);
        }
        for (int i = 0; i < network.Gradients.Length; i++)
        {
            network.Gradients[i] = value is null ? (i - 8) * 0.125f : 0;
        }
        return network;
    }

    private static (float[] Weight, float[] Bias) StepOf(Optimizer optimizer)
    {
        TestNetwork network = TestNetwork.Counting();
        optimizer.Step(network);
        return (network.Exported(Weight, 6), network.Exported(Bias, 3));
    }

    private static float[] Numbers(int first, int count, Func<float, float> function) => [.. Enumerable.Range(first, count).Select(i => function(i))];
}
