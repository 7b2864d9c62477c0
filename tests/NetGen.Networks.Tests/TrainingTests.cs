using System.Runtime.InteropServices;

namespace NetGen.Networks.Tests;

public sealed class TrainingTests
{
    private const int Samples = 7;

    private static readonly int[] Classes = [0, 1, 2, 2, 1, 0, 1];

    [Fact]
    public void Backward_wants_Forward_first_each_time()
    {
        Classifier network = new(seed: 1);
        float[] inputs = Numbers.Of(Samples * Classifier.InputSize);
        const string message = "Backward needs what Forward keeps: call Forward first, once before each Backward.";

        Assert.Equal(message, Assert.Throws<InvalidOperationException>(network.Backward).Message);
        network.Forward(inputs, Classes);
        network.Backward();
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(network.Backward).Message);
    }

    [Fact]
    public void A_training_step_reads_the_inputs_of_its_batch_also_where_the_first_layer_sees_them_in_another_shape()
    {
        float[] inputs = Numbers.Of(Samples * GreyImages.InputSize);

        Assert.Equal(new GreyImages(seed: 1).Forward(inputs, Classes), new GreyImages(seed: 1).TrainStep(inputs, Classes, new SGD(0.1f)));
    }

    [Fact]
    public void Inputs_that_a_training_step_would_change_are_refused()
    {
        Classifier network = new(seed: 1, maxBatch: 2);
        foreach (bool gradients in new[] { false, true })
        {
            ArgumentException exception = Assert.Throws<ArgumentException>(() =>
                network.TrainStep((gradients ? network.Gradients : network.Parameters)[..12], [0, 1], new SGD(0.1f)));
            Assert.Contains("Batch.Inputs: expected memory apart from the network's parameters and gradients", exception.Message, StringComparison.Ordinal);
        }
        Assert.Equal(0, network.StepCount);
    }

    [Fact]
    public void Reserving_in_between_forgets_what_Forward_kept()
    {
        Classifier network = new(seed: 1);
        network.Forward(Numbers.Of(Samples * Classifier.InputSize), Classes);
        network.Reserve(100 * Samples);

        Assert.Throws<InvalidOperationException>(network.Backward);
    }

    [Fact]
    public void A_step_of_a_larger_batch_that_the_optimizer_refuses_forgets_what_Forward_kept()
    {
        Classifier network = new(seed: 1);
        SGD optimizer = new();
        optimizer.Step(new Classifier(seed: 2));
        network.Forward(Numbers.Of(Samples * Classifier.InputSize), Classes);

        Assert.Contains("another network", Assert.Throws<InvalidOperationException>(
            () => network.TrainStep(Numbers.Of(2 * Samples * Classifier.InputSize), [.. Classes, .. Classes], optimizer)).Message);
        Assert.Contains("call Forward first", Assert.Throws<InvalidOperationException>(network.Backward).Message);
    }

    [Fact]
    public void A_batch_that_is_refused_changes_nothing()
    {
        float[] inputs = Numbers.Of(Samples * Classifier.InputSize);
        float[] Gradients(Action<Classifier> meanwhile)
        {
            Classifier network = new(seed: 1);
            network.Forward(inputs, Classes);
            meanwhile(network);
            network.Backward();
            return network.Gradients.ToArray();
        }

        Assert.Equal(
            Gradients(_ => { }),
            Gradients(network => Assert.Throws<ArgumentException>(() => network.Forward(inputs, [0, 1, 2, 2, 1, 0, 3]))));
    }

    [Fact]
    public void Backward_drops_what_its_Forward_dropped_whatever_the_step_has_become()
    {
        float[] inputs = Numbers.Of(Samples * Classifier.InputSize);
        float[] Gradients(long before, Action<Classifier> meanwhile)
        {
            Classifier network = new(seed: 1) { StepCount = before };
            network.Forward(inputs, Classes);
            meanwhile(network);
            network.Backward();
            return network.Gradients.ToArray();
        }

        float[] expected = Gradients(5, _ => { });
        Assert.Equal(expected, Gradients(5, network => network.StepCount = 6));
        Assert.NotEqual(expected, Gradients(6, _ => { }));
    }

    [Theory]
    [InlineData(41, 7, "Expected 6 floats or a whole number of samples, got 41. (Parameter 'inputs')")]
    [InlineData(42, 6, "Batch.Classes: expected 7 class indices (7 samples of 1, network Classifier with 3), got 6. (Parameter 'batch')")]
    [InlineData(42, 0, "Expected either Batch.Targets or Batch.Classes, got neither. (Parameter 'batch')")]
    [InlineData(3, 1, "Expected 6 floats or a whole number of samples, got 3. (Parameter 'inputs')")]
    [InlineData(0, 0, "Expected at least 1 sample, got 0. (Parameter 'inputs')")]
    public void Wrong_lengths_are_named(int inputs, int classes, string message)
    {
        Classifier network = new();
        ArgumentException error = Assert.Throws<ArgumentException>(() => network.Forward(new float[inputs], new int[classes]));

        Assert.Equal(message, error.Message);
        error = Assert.Throws<ArgumentException>(() => network.TrainStep(new float[inputs], new int[classes], new SGD(0.1f)));
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    public void Predictions_of_another_length_are_named(int length)
    {
        Regressor network = new();

        Assert.Equal(
            $"Expected 6 floats (3 samples of 2), got {length}. (Parameter 'predictions')",
            Assert.Throws<ArgumentException>(
                () => network.Evaluate(new() { Count = 3, Inputs = new float[18], Targets = new float[6] }, new float[length])).Message);
    }

    [Fact]
    public void Predictions_apart_from_all_of_the_batch_are_wanted()
    {
        float[] memory = new float[32];
        float[] apart = new float[32];
        int[] classes = new int[5];
        memory.AsSpan().Fill(1);
        Refused(new Regressor(), () => new() { Count = 1, Inputs = memory.AsSpan(1, 6), Targets = apart.AsSpan(0, 2) });
        Refused(new Regressor(), () => new() { Count = 1, Inputs = apart.AsSpan(0, 6), Targets = memory.AsSpan(1, 2) });
        Refused(new Regressor(), () => new() { Count = 1, Inputs = apart.AsSpan(0, 6), Targets = apart.AsSpan(0, 2), Weights = memory.AsSpan(1, 1) });
        memory.AsSpan().Fill(BitConverter.Int32BitsToSingle(1));
        Refused(new Classifier(), () => new() { Count = 1, Inputs = apart.AsSpan(0, 6), Classes = MemoryMarshal.Cast<float, int>(memory.AsSpan(1, 1)) });
        Refused(
            new Tagger(),
            () => new() { Count = 1, Inputs = apart.AsSpan(0, 15), Classes = classes, Lengths = MemoryMarshal.Cast<float, int>(memory.AsSpan(1, 1)) });

        void Refused(ITrainable network, MakeBatch batch) => Assert.StartsWith(
            "Expected predictions apart from the batch, got spans that overlap.",
            Assert.Throws<ArgumentException>("predictions", () => network.Evaluate(batch(), memory.AsSpan(0, network.Info.OutputSize))).Message,
            StringComparison.Ordinal);
    }

    private delegate Batch MakeBatch();

    [Fact]
    public void Memory_reserved_or_not_trains_the_same_bits()
    {
        Assert.Equal(Train(new Classifier(seed: 1)), Train(new Classifier(seed: 1, maxBatch: 2)));
        Assert.Equal(Train(new Classifier(seed: 1)), Train(new Classifier(seed: 1, maxBatch: 1000)));

        static int[] Train(Classifier network)
        {
            SGD optimizer = new(0.1f);
            float[] inputs = Numbers.Of(Samples * Classifier.InputSize);
            for (int count = 1; count <= Samples; count++)
            {
                network.TrainStep(inputs.AsSpan(0, count * Classifier.InputSize), Classes.AsSpan(0, count), optimizer);
            }
            return Numbers.Bits(network.Parameters);
        }
    }

    [Fact]
    public void A_largest_batch_is_at_least_1()
    {
        Assert.Throws<ArgumentOutOfRangeException>("maxBatch", () => new Classifier(maxBatch: -1));
        Assert.Throws<ArgumentOutOfRangeException>("maxBatch", () => new Classifier().Reserve(0));
        Assert.Throws<ArgumentOutOfRangeException>("maxBatch", () => new Classifier().Reserve(int.MaxValue));
    }

    [Fact]
    public void TrainStep_is_Forward_Backward_and_Step()
    {
        float[] inputs = Numbers.Of(Samples * Classifier.InputSize);
        Classifier apart = new(seed: 1);
        Classifier together = new(seed: 1);
        (Adam ofApart, Adam ofTogether) = (new(1e-2f), new(1e-2f));
        for (int step = 1; step <= 3; step++)
        {
            float loss = apart.Forward(inputs, Classes);
            apart.Backward();
            ofApart.Step(apart);

            Assert.Equal(loss, together.TrainStep(inputs, Classes, ofTogether));
            Assert.Equal(Numbers.Bits(apart.Parameters), Numbers.Bits(together.Parameters));
            Assert.Equal(step, together.StepCount);
        }
    }

    /// <summary>What groups, clipping, accumulation and averages need is kept wherever the update is made.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TrainStep_is_Forward_Backward_and_Step_whatever_the_optimizer_does_beside_its_rule(int kind)
    {
        float[] inputs = Numbers.Of(Samples * Classifier.InputSize);
        (Classifier apart, Classifier together) = (new(seed: 1), new(seed: 1));
        (Optimizer ofApart, Optimizer ofTogether) = (Make(), Make());
        for (int step = 1; step <= 4; step++)
        {
            float loss = apart.Forward(inputs, Classes);
            apart.Backward();
            ofApart.Step(apart);

            Assert.Equal(loss, together.TrainStep(inputs, Classes, ofTogether));
            Assert.Equal(Numbers.Bits(apart.Parameters), Numbers.Bits(together.Parameters));
            Assert.Equal(step, together.StepCount);
        }

        Optimizer Make() => kind switch
        {
            0 => new SGD(0.1f) { WeightDecay = 0.1f, Groups = [new("dense1") { LearningRateFactor = 0.5f }, new("dense2.bias") { Frozen = true }] },
            1 => new SGD(0.1f) { ClipValue = 0.01f, AverageDecay = 0.9f },
            2 => new AdamW(0.1f) { ClipNorm = 0.01f, L1Penalty = 0.1f, Groups = [new("dense1.weight") { Frozen = true }] },
            _ => new Adam(0.1f) { AccumulationSteps = 2 },
        };
    }

    [Fact]
    public void Targets_of_ones_and_zeros_are_classes()
    {
        float[] inputs = Numbers.Of(Samples * Classifier.InputSize);
        float[] targets = [.. Classes.SelectMany(right => Enumerable.Range(0, 3).Select(i => i == right ? 1f : 0f))];
        Classifier network = new(seed: 1);
        float ofClasses = network.Forward(inputs, Classes);
        network.Backward();
        float[] gradients = network.Gradients.ToArray();
        float ofTargets = network.Forward(inputs, targets);
        network.Backward();

        Closeness.AssertClose(ofClasses, ofTargets);
        Closeness.AssertClose(gradients, network.Gradients);
    }

    [Fact]
    public void Evaluate_is_Predict_and_the_mean_loss_of_classes()
    {
        Classifier network = new(seed: 1);
        float[] inputs = Numbers.Of(Samples * Classifier.InputSize);
        float[] weights = [1, 2, 0, 1, 3, 0.5f, 1];
        (float loss, float[] predictions) = Evaluate(network, new() { Count = Samples, Inputs = inputs, Classes = Classes, Weights = weights });
        double expected = Enumerable.Range(0, Samples).Sum(i => -weights[i] * Math.Log(predictions[i * 3 + Classes[i]])) / weights.Sum();

        Closeness.AssertClose(expected, loss);
    }

    [Fact]
    public void Evaluate_is_Predict_and_the_mean_loss_of_questions()
    {
        Answers network = new(seed: 1);
        float[] targets = [.. Numbers.Of(Samples * 2).Select(Math.Abs)];
        (float loss, float[] p) = Evaluate(network, new() { Count = Samples, Inputs = Numbers.Of(Samples * Answers.InputSize), Targets = targets });

        Closeness.AssertClose(p.Zip(targets, (x, t) => -t * Math.Log(x) - (1 - t) * Math.Log(1 - x)).Average(), loss);
    }

    [Fact]
    public void Evaluate_is_Predict_and_the_mean_loss_of_numbers()
    {
        Regressor network = new(seed: 1);
        float[] targets = Numbers.Of(Samples * 2, phase: 1);
        (float loss, float[] y) = Evaluate(network, new() { Count = Samples, Inputs = Numbers.Of(Samples * Regressor.InputSize), Targets = targets });

        Closeness.AssertClose(y.Zip(targets, (x, t) => (double)(x - t) * (x - t)).Average(), loss);
    }

    [Fact]
    public void Evaluate_counts_the_steps_within_each_sequence_only()
    {
        Tagger network = new(seed: 1);
        int[] lengths = [5, 1, 3];
        int[] classes = [0, 1, 2, 3, 0, /**/ 1, -1, -1, -1, -1, /**/ 2, 3, 0, -1, -1];
        (float loss, float[] p) = Evaluate(
            network, new() { Count = 3, Inputs = Numbers.Of(3 * Tagger.InputSize), Classes = classes, Lengths = lengths });
        double[] losses = [.. Enumerable.Range(0, 15).Where(row => row % 5 < lengths[row / 5]).Select(row => -Math.Log(p[row * 4 + classes[row]]))];

        Assert.Equal(9, losses.Length);
        Closeness.AssertClose(losses.Average(), loss);
    }

    /// <summary>Evaluates, and checks that the predictions are Predict's to the bit and that nothing is kept.</summary>
    private static (float Loss, float[] Predictions) Evaluate(ITrainable network, Batch batch)
    {
        float[] evaluated = new float[batch.Count * network.Info.OutputSize];
        float[] predicted = new float[evaluated.Length];
        float loss = network.Evaluate(batch, evaluated);
        network.Predict(batch.Inputs, predicted);

        Assert.Equal(Numbers.Bits(predicted), Numbers.Bits(evaluated));
        Assert.Throws<InvalidOperationException>(network.Backward);
        return (loss, evaluated);
    }
}
