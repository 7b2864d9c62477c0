namespace NetGen.Tests.Optimizers;

public sealed class OptimizerTests
{
    private const int Steps = 25;

    /// <summary>The update of one parameter in double: parameter, gradient and step from 1; what it remembers is in the closure.</summary>
    private delegate double Update(double parameter, double gradient, int step);

    [Fact]
    public void SGD_is_a_step_against_the_gradient() => Check(new SGD(0.1f), () => (p, g, _) => p - 0.1 * g);

    [Fact]
    public void SGD_with_weight_decay() => Check(new SGD(0.1f) { WeightDecay = 0.05f }, () => (p, g, _) => p - 0.1 * (g + 0.05 * p));

    [Theory]
    [InlineData(false, 0f)]
    [InlineData(false, 0.05f)]
    [InlineData(true, 0f)]
    [InlineData(true, 0.05f)]
    public void SGD_with_momentum(bool nesterov, float decay) =>
        Check(new SGD(0.1f) { Momentum = 0.9f, Nesterov = nesterov, WeightDecay = decay }, () =>
        {
            double? velocity = null;
            return (p, g, _) =>
            {
                g += decay * p;
                velocity = velocity is { } v ? 0.9 * v + g : g;
                return p - 0.1 * (nesterov ? g + 0.9 * velocity.Value : velocity.Value);
            };
        });

    [Theory]
    [InlineData(0f)]
    [InlineData(0.05f)]
    public void Adam_with_an_L2_penalty(float decay) =>
        Check(new Adam(0.01f) { WeightDecay = decay }, () => AdamReference(0.01, 0.9, 0.999, 1e-8, decay, 0));

    [Fact]
    public void Adam_with_other_settings() =>
        Check(new Adam(0.02f) { Beta1 = 0.8f, Beta2 = 0.95f, Epsilon = 0.1f }, () => AdamReference(0.02, 0.8, 0.95, 0.1, 0, 0));

    [Fact]
    public void AdamW_decays_the_parameter_itself_by_a_hundredth_by_default() =>
        Check(new AdamW(0.02f), () => AdamReference(0.02, 0.9, 0.999, 1e-8, 0, 0.01));

    [Fact]
    public void AdamW_with_another_decay() => Check(new AdamW(0.02f) { WeightDecay = 0.3f }, () => AdamReference(0.02, 0.9, 0.999, 1e-8, 0, 0.3));

    [Fact]
    public void Default_learning_rates_are_PyTorchs()
    {
        Assert.Equal(1e-2f, new SGD().LearningRate);
        Assert.Equal(1e-3f, new Adam().LearningRate);
        Assert.Equal(1e-3f, new AdamW().LearningRate);
        Assert.Equal(2e-3f, new NAdam().LearningRate);
        Assert.Equal(1e-3f, new RAdam().LearningRate);
        Assert.Equal(1e-2f, new RMSProp().LearningRate);
        Assert.Equal(1e-2f, new Adagrad().LearningRate);
    }

    [Fact]
    public void A_changed_learning_rate_counts_from_the_next_step()
    {
        TestNetwork network = new();
        network.Gradients.Fill(1);
        SGD optimizer = new(1);
        optimizer.Step(network);
        optimizer.LearningRate = 0.5f;
        optimizer.Step(network);
        Assert.Equal(-1.5f, network.Parameters[0]);
        Assert.Equal(2, network.StepCount);
    }

    [Fact]
    public void Adam_counts_its_own_steps_so_that_a_loaded_network_starts_right()
    {
        TestNetwork fresh = new();
        TestNetwork loaded = new() { StepCount = 1000 };
        fresh.Gradients.Fill(0.5f);
        loaded.Gradients.Fill(0.5f);
        new Adam().Step(fresh);
        new Adam().Step(loaded);
        Assert.Equal(fresh.Parameters.ToArray(), loaded.Parameters.ToArray());
        Assert.Equal(1001, loaded.StepCount);
    }

    [Fact]
    public void Gaps_of_zeros_stay_zero()
    {
        foreach (Optimizer optimizer in Makers.Select(make => make()))
        {
            TestNetwork network = TestNetwork.Counting();
            network.Gradients[..6].Fill(1);
            optimizer.Step(network);
            optimizer.Step(network);
            Assert.All(network.Parameters[6..16].ToArray(), value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void A_step_in_parts_on_several_threads_gives_the_bits_of_a_whole_step()
    {
        foreach (Func<Optimizer> make in Makers)
        {
            (Optimizer whole, Optimizer parts) = (make(), make());
            (TestNetwork expected, TestNetwork actual) = (TestNetwork.Counting(), TestNetwork.Counting());
            for (int step = 0; step < 3; step++)
            {
                for (int i = 0; i < TestNetwork.ParameterFloats; i++)
                {
                    expected.Gradients[i] = actual.Gradients[i] = MathF.Sin(i + step);
                }
                whole.Step(expected);
                parts.BeginStep(actual);
                Parallel.ForEach([0, 5, 6, 21], start =>
                {
                    Range part = start..(start switch { 0 => 5, 5 => 6, 6 => 21, _ => TestNetwork.ParameterFloats });
                    parts.UpdatePart(start, actual.Parameters[part], actual.Gradients[part]);
                });
                Assert.Equal(expected.Bits()[..TestNetwork.ParameterFloats], actual.Bits()[..TestNetwork.ParameterFloats]);
            }
        }
    }

    [Fact]
    public void Plain_descent_says_so_and_is_rounded_after_every_operation()
    {
        SGD grouped = new(0.1f) { WeightDecay = 0.2f, Groups = [new("*.bias") { LearningRateFactor = 2 }] };
        grouped.BeginStep(new TestNetwork());
        Assert.True(grouped.IsPlainDescent(0, out float rate, out float decay));
        Assert.Equal((0.1f, 0.2f), (rate, decay));
        Assert.True(grouped.IsPlainDescent(16, out rate, out decay));
        Assert.Equal((0.2f, 0), (rate, decay));
        Optimizer[] others =
        [
            new SGD { Momentum = 0.9f }, new Adam(), new SGD { ClipValue = 1 }, new SGD { AverageDecay = 0.9f },
            new SGD { Groups = [new("*") { Frozen = true }] },
        ];
        foreach (Optimizer other in others)
        {
            other.BeginStep(new TestNetwork());
            Assert.False(other.IsPlainDescent(0, out _, out _));
        }

        foreach (float penalty in (float[])[0, 0.2f])
        {
            TestNetwork network = TestNetwork.OfOneMatrix();
            for (int i = 0; i < TestNetwork.ParameterFloats; i++)
            {
                (network.Parameters[i], network.Gradients[i]) = (MathF.Sin(i), MathF.Cos(3 * i));
            }
            float[] expected = new float[TestNetwork.ParameterFloats];
            for (int i = 0; i < expected.Length; i++)
            {
                float decayed = penalty * network.Parameters[i];
                float step = 0.1f * (network.Gradients[i] + decayed);
                expected[i] = network.Parameters[i] - step;
            }
            new SGD(0.1f) { WeightDecay = penalty }.Step(network);
            Assert.Equal(expected, network.Parameters.ToArray());
        }
    }

    [Fact]
    public void Adam_with_the_smallest_epsilon_divides_nothing_by_zero()
    {
        TestNetwork network = TestNetwork.Counting();
        float[] before = network.Parameters.ToArray();
        new Adam { Epsilon = float.Epsilon }.Step(network);
        Assert.Equal(before, network.Parameters.ToArray());
    }

    [Fact]
    public void An_optimizer_of_the_users_begins_once_a_step_and_is_given_all_parameters()
    {
        TestNetwork network = TestNetwork.Counting();
        network.Gradients.Fill(0.5f);
        SignDescent optimizer = new(0.25f);
        optimizer.Step(network);
        optimizer.Step(network);
        Assert.Equal(2, optimizer.Steps);
        Assert.Equal(0.5f, network.Parameters[0]);
        Assert.Equal(9, network.StepCount);
    }

    [Fact]
    public void One_optimizer_is_for_one_network()
    {
        Adam optimizer = new();
        optimizer.Step(new TestNetwork());
        TestNetwork second = TestNetwork.Counting();
        int[] before = second.Bits();
        Assert.Contains("Make one optimizer for each network", Assert.Throws<InvalidOperationException>(() => optimizer.Step(second)).Message);
        Assert.Equal(before, second.Bits());
    }

    [Fact]
    public void Nothing_is_allocated_after_the_first_step()
    {
        TestNetwork network = TestNetwork.Counting();
        foreach (Optimizer optimizer in Makers.Select(make => make()))
        {
            optimizer.Step(network);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                optimizer.Step(network);
            }
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Settings_that_make_no_sense_are_refused(float value)
    {
        AssertRefused("LearningRate", () => new SGD(value));
        AssertRefused("LearningRate", () => new Adam(value));
        AssertRefused("LearningRate", () => new AdamW().LearningRate = value);
        AssertRefused("Momentum", () => new SGD { Momentum = value });
        AssertRefused("WeightDecay", () => new SGD { WeightDecay = value });
        AssertRefused("Beta1", () => new Adam { Beta1 = value });
        AssertRefused("Beta2", () => new Adam { Beta2 = value });
        AssertRefused("Epsilon", () => new Adam { Epsilon = value });
        AssertRefused("WeightDecay", () => new AdamW { WeightDecay = value });
        AssertRefused("MomentumDecay", () => new NAdam { MomentumDecay = value });
        AssertRefused("Alpha", () => new RMSProp { Alpha = value });
        AssertRefused("Momentum", () => new RMSProp { Momentum = value });
        AssertRefused("LearningRateDecay", () => new Adagrad { LearningRateDecay = value });
        AssertRefused("InitialAccumulator", () => new Adagrad { InitialAccumulator = value });
        AssertRefused("Beta2", () => new Lion { Beta2 = value });
    }

    [Fact]
    public void Settings_at_their_ends()
    {
        AssertRefused("Beta1", () => new Adam { Beta1 = 1 });
        AssertRefused("Epsilon", () => new Adam { Epsilon = 0 });
        Assert.Equal(0, new SGD(0) { Momentum = 0, WeightDecay = 0 }.LearningRate);
    }

    private static readonly Func<Optimizer>[] Makers =
    [
        () => new SGD(0.1f),
        () => new SGD(0.1f) { WeightDecay = 0.05f },
        () => new SGD(0.1f) { Momentum = 0.9f, WeightDecay = 0.05f },
        () => new SGD(0.1f) { Momentum = 0.9f, Nesterov = true },
        () => new Adam(0.1f) { WeightDecay = 0.05f },
        () => new AdamW(0.1f),
        () => new Adam(0.1f) { AmsGrad = true },
        () => new NAdam(0.1f) { WeightDecay = 0.05f },
        () => new RAdam(0.1f) { Beta2 = 0.6f },
        () => new RMSProp(0.1f),
        () => new RMSProp(0.1f) { Momentum = 0.9f, WeightDecay = 0.05f },
        () => new RMSProp(0.1f) { Centered = true },
        () => new Adagrad(0.1f) { InitialAccumulator = 0.1f, WeightDecay = 0.05f },
        () => new Lion(0.1f) { WeightDecay = 0.05f },
    ];

    private static Update AdamReference(double rate, double beta1, double beta2, double epsilon, double penalty, double decay)
    {
        double m = 0;
        double v = 0;
        return (p, g, t) =>
        {
            p *= 1 - rate * decay;
            g += penalty * p;
            m = beta1 * m + (1 - beta1) * g;
            v = beta2 * v + (1 - beta2) * g * g;
            return p - rate * (m / (1 - Math.Pow(beta1, t))) / (Math.Sqrt(v / (1 - Math.Pow(beta2, t))) + epsilon);
        };
    }

    /// <summary>Compares with a reference for each parameter by itself, over gradients of very different sizes and one that is always 0.</summary>
    private static void Check(Optimizer optimizer, Func<Update> reference)
    {
        TestNetwork network = TestNetwork.OfOneMatrix();
        int count = network.Parameters.Length;
        Random random = new(1);
        Update[] updates = [.. Enumerable.Range(0, count).Select(_ => reference())];
        double[] expected = [.. Enumerable.Range(0, count).Select(_ => (double)(float)(random.NextDouble() * 4 - 2))];
        for (int i = 0; i < count; i++)
        {
            network.Parameters[i] = (float)expected[i];
        }
        for (int step = 1; step <= Steps; step++)
        {
            for (int i = 0; i < count; i++)
            {
                float gradient = i == 3 ? 0 : (float)((random.NextDouble() - 0.4) * Math.Pow(10, i % 5 - 3));
                network.Gradients[i] = gradient;
                expected[i] = updates[i](expected[i], gradient, step);
            }
            optimizer.Step(network);
        }
        double scale = Math.Max(expected.Max(Math.Abs), 1e-3);
        for (int i = 0; i < count; i++)
        {
            Assert.InRange(Math.Abs(network.Parameters[i] - expected[i]) / scale, 0, 1e-5);
        }
        Assert.Equal(Steps, network.StepCount);
    }

    private static void AssertRefused(string setting, Func<object> make) =>
        Assert.Contains($"{setting}: expected", Assert.Throws<ArgumentOutOfRangeException>(setting, make).Message);

    /// <summary>A step of one size against the sign of the gradient.</summary>
    private sealed class SignDescent(float learningRate) : Optimizer(learningRate)
    {
        public int Steps { get; private set; }

        protected override void Begin(int parameterFloats) => Steps++;

        protected internal override void Update(int start, Span<float> parameters, ReadOnlySpan<float> gradients)
        {
            for (int i = 0; i < parameters.Length; i++)
            {
                parameters[i] -= LearningRate * MathF.Sign(gradients[i]);
            }
        }
    }
}
