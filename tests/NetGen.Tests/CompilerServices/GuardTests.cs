using System.Globalization;
using NetGen.CompilerServices;

namespace NetGen.Tests.CompilerServices;

public sealed class GuardTests
{
    private static readonly NetworkInfo Info = new TestNetwork().Info; // 2 -> 3, softmax
    private static readonly NetworkInfo Image = Info with { Inputs = [new InputInfo("input", new Shape(1, 28, 28))] };
    private static readonly NetworkInfo Sequence = Info with { OutputShape = new Shape(4, 3), SequenceLength = 4 };
    private static readonly NetworkInfo Binary = Info with { OutputShape = new Shape(1), Loss = LossKind.SigmoidCrossEntropy };
    private static readonly NetworkInfo Regression = Info with { Loss = LossKind.MeanSquaredError };

    [Fact]
    public void Samples_are_counted()
    {
        Assert.Equal(1, Guard.Samples(new float[2], new float[3], Info));
        Assert.Equal(5, Guard.Samples(new float[10], new float[15], Info));
        Assert.Equal(0, Guard.Samples([], [], Info));
    }

    [Fact]
    public void Input_is_a_whole_number_of_samples() =>
        AssertRefused("input", "Expected 784 floats (1x28x28) or a whole number of samples, got 700.",
            () => Guard.Samples(new float[700], new float[3], Image));

    [Fact]
    public void Several_inputs_are_named()
    {
        NetworkInfo info = Info with { Inputs = [new InputInfo("image", new Shape(1, 2, 2)), new InputInfo("meta", new Shape(3))] };
        AssertRefused("input", "Expected 7 floats (image 1x2x2 + meta 3) or a whole number of samples, got 8.",
            () => Guard.Samples(new float[8], new float[3], info));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    public void Output_matches_the_input(int length) =>
        AssertRefused("output", $"Expected 6 floats (2 samples of 3, as many as the input holds), got {length}.",
            () => Guard.Samples(new float[4], new float[length], Info));

    [Fact]
    public void Output_does_not_overlap_the_input()
    {
        float[] memory = new float[8];
        AssertRefused("output", "overlap", () => Guard.Samples(memory.AsSpan(0, 4), memory.AsSpan(2, 6), Info));
    }

    [Fact]
    public void A_pair_has_one_target_and_a_triplet_none()
    {
        NetworkInfo pair = Info with { OutputShape = new Shape(4), Loss = LossKind.Contrastive }, triplet = Info with { OutputShape = new Shape(6), Loss = LossKind.Triplet };
        Guard.Batch(new Batch { Count = 2, Inputs = new float[4], Targets = [0, 1] }, pair);
        Guard.Batch(new Batch { Count = 2, Inputs = new float[4] }, triplet);

        AssertRefused("batch", "Batch.Targets: expected 2 floats (2 samples of 1, network TestNet with Contrastive), got 8.",
            () => Guard.Batch(new Batch { Count = 2, Inputs = new float[4], Targets = new float[8] }, pair));
        AssertRefused("batch", "Expected either Batch.Targets or Batch.Classes, got neither.", () => Guard.Batch(new Batch { Count = 2, Inputs = new float[4] }, pair));
        AssertRefused("batch", "Give each sample 1 float.", () => Guard.Batch(new Batch { Count = 2, Inputs = new float[4], Classes = [0, 1] }, pair));
        AssertRefused("batch", "Triplet, which has no target, got targets.", () => Guard.Batch(new Batch { Count = 2, Inputs = new float[4], Targets = new float[12] }, triplet));
        AssertRefused("batch", "got classes.", () => Guard.Batch(new Batch { Count = 2, Inputs = new float[4], Classes = [0, 1] }, triplet));
    }

    [Fact]
    public void One_is_told_in_the_singular()
    {
        AssertRefused("output", "Expected 1 float (1 sample of 1, ", () => Guard.Samples(new float[2], new float[2], Binary));
        AssertRefused("batch", "Batch.Targets: expected 1 float (1 sample of 1, ",
            () => Guard.Batch(new Batch { Count = 1, Inputs = new float[2], Targets = new float[2] }, Binary));
        AssertRefused("batch", "Batch.Classes: expected 1 class index (1 sample of 1, ",
            () => Guard.Batch(new Batch { Count = 1, Inputs = new float[2], Classes = [0, 1] }, Binary));
        AssertRefused("batch", "Batch.Weights: expected 1 float, one a sample, got 2.",
            () => Guard.Batch(new Batch { Count = 1, Inputs = new float[2], Classes = [0], Weights = [1, 1] }, Binary));
    }

    [Fact]
    public void A_part_is_one_sample_of_its_input()
    {
        Guard.Part(new float[4], 4, "image");
        AssertRefused("image", "Expected 4 floats, one sample of image, got 5.", () => Guard.Part(new float[5], 4, "image"));
    }

    [Fact]
    public void Workspace_is_long_enough()
    {
        Assert.Equal(7, Guard.Workspace(new Workspace(7), 5).Length);
        AssertRefused("workspace", "at least 5 floats, got 4. Create it with new Workspace(5).", () => Guard.Workspace(new Workspace(4), 5));
        Assert.Throws<ArgumentNullException>("workspace", () => Guard.Workspace(null!, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Workspace(-1));
    }

    [Fact]
    public void Fitting_takes_at_least_one_whole_sample()
    {
        Assert.Equal(2, Guard.FittingSamples(new float[4], Info));
        AssertRefused("samples", "at least 1 sample", () => Guard.FittingSamples([], Info));
        AssertRefused("samples", "Expected 2 floats or a whole number of samples, got 3", () => Guard.FittingSamples(new float[3], Info));
    }

    [Fact]
    public void Batches_that_fit()
    {
        Guard.Batch(new Batch { Count = 2, Inputs = new float[4], Classes = [0, 2] }, Info);
        Guard.Batch(new Batch { Count = 2, Inputs = new float[4], Targets = new float[6] }, Info);
        Guard.Batch(new Batch { Count = 2, Inputs = new float[4], Classes = [0, 2], Weights = [0, 0.5f] }, Info);
        Guard.Batch(new Batch { Count = 1, Inputs = new float[2], Classes = [0, 1, 2, 0] }, Sequence);
        Guard.Batch(new Batch { Count = 1, Inputs = new float[2], Targets = new float[12], Lengths = [4] },
            Sequence with { Loss = LossKind.MeanSquaredError });
        Guard.Batch(new Batch { Count = 2, Inputs = new float[4], Classes = [0, 1] }, Binary);
        Guard.Batch(new Batch { Count = 2, Inputs = new float[4], Targets = [0, 0.5f] }, Binary);
        Guard.Batch(new Batch { Count = 1, Inputs = new float[2], Targets = [float.NaN, 1, 2] }, Regression);
    }

    [Fact]
    public void Targets_that_do_not_count_may_be_anything()
    {
        Guard.Batch(new Batch { Count = 1, Inputs = new float[2], Classes = [0, 1, -100, 99], Lengths = [2] }, Sequence);
        Guard.Batch(new Batch { Count = 2, Inputs = new float[4], Classes = [-1, 1], Weights = [0, 1] }, Info);
    }

    [Fact]
    public void Batches_that_do_not_fit()
    {
        Refused("Batch.Count: expected at least 1 sample, got 0", () => new Batch { Count = 0, Inputs = [], Classes = [] }, Info);
        Refused("Batch.Inputs: expected 4 floats (2 samples of 2", () => new Batch { Count = 2, Inputs = new float[3], Classes = [0, 1] }, Info);
        Refused("Batch.Inputs: expected 4294967294 floats", () => new Batch { Count = int.MaxValue, Inputs = new float[3], Classes = [0, 1] }, Info);
        Refused("got neither", () => new Batch { Count = 1, Inputs = new float[2] }, Info);
        Refused("got both", () => new Batch { Count = 1, Inputs = new float[2], Classes = [0], Targets = new float[3] }, Info);
        Refused("Batch.Targets: expected 3 floats", () => new Batch { Count = 1, Inputs = new float[2], Targets = new float[2] }, Info);
        Refused("Batch.Classes: expected 4 class indices (1 sample of 4",
            () => new Batch { Count = 1, Inputs = new float[2], Classes = [0] }, Sequence);
        Refused("Batch.Classes: expected 0 to 2, got 3 for sample 1.", () => new Batch { Count = 2, Inputs = new float[4], Classes = [0, 3] }, Info);
        Refused("Batch.Classes: expected 0 to 2, got -1 for sample 0.",
            () => new Batch { Count = 2, Inputs = new float[4], Classes = [-1, 0] }, Info);
        Refused("got 7 for sample 0, time step 2", () => new Batch { Count = 1, Inputs = new float[2], Classes = [0, 0, 7, 0] }, Sequence);
        Refused("Batch.Classes: expected 0 to 1, got 2 for sample 0", () => new Batch { Count = 1, Inputs = new float[2], Classes = [2] }, Binary);
        Refused("Expected Batch.Targets, because the loss of TestNet is MeanSquaredError",
            () => new Batch { Count = 1, Inputs = new float[2], Classes = [0] }, Regression);
        Refused("is SigmoidCrossEntropy over 3 outputs",
            () => new Batch { Count = 1, Inputs = new float[2], Classes = [0] }, Info with { Loss = LossKind.SigmoidCrossEntropy });
        Refused("Batch.Lengths: expected none", () => new Batch { Count = 1, Inputs = new float[2], Classes = [0], Lengths = [1] }, Info);
        Refused("Batch.Lengths: expected 1 length,",
            () => new Batch { Count = 1, Inputs = new float[2], Classes = new int[4], Lengths = [1, 1] }, Sequence);
        Refused("expected 1 to 4 time steps, got 0 for sample 0",
            () => new Batch { Count = 1, Inputs = new float[2], Classes = new int[4], Lengths = [0] }, Sequence);
        Refused("expected 1 to 4 time steps, got 5 for sample 0",
            () => new Batch { Count = 1, Inputs = new float[2], Classes = new int[4], Lengths = [5] }, Sequence);
        Refused("Batch.Weights: expected 2 floats", () => new Batch { Count = 2, Inputs = new float[4], Classes = [0, 0], Weights = [1] }, Info);
        Refused("got -1 for sample 1", () => new Batch { Count = 2, Inputs = new float[4], Classes = [0, 0], Weights = [1, -1] }, Info);
        Refused("got NaN for sample 0", () => new Batch { Count = 2, Inputs = new float[4], Classes = [0, 0], Weights = [float.NaN, 1] }, Info);
        Refused("samples 0 to 1", () => new Batch { Count = 2, Inputs = new float[4], Classes = [0, 0], Weights = [0, 0] }, Info);
    }

    [Fact]
    public void A_step_takes_a_state_of_its_own_class()
    {
        // As a class of the same layers that only predicts has it, whose steps need less memory.
        NetworkInfo other = Info with { };
        StreamState state = Streaming.Create(Info, 4, 8);
        Streaming.Check(new float[2], 2, state, new float[3], 3, Info, long.MaxValue);
        Streaming.CheckId(0, 2, state, new float[3], 3, Info, long.MaxValue);
        AssertRefused("state", "Expected a state of TestNet, made by its NewState()",
            () => Streaming.Check(new float[2], 2, state, new float[3], 3, other, long.MaxValue));
        AssertRefused("state", "Expected a state of TestNet, made by its NewState()",
            () => Streaming.CheckId(0, 2, state, new float[3], 3, other, long.MaxValue));
    }

    [Fact]
    public void A_state_becomes_a_copy_only_of_one_as_long()
    {
        StreamState state = Streaming.Create(Info, 4, 8);
        Streaming.Values(state).Fill(1);
        StreamState copy = Streaming.Create(Info with { }, 4, 0);
        copy.CopyFrom(state);
        Assert.Equal([1, 1, 1, 1], Streaming.Values(copy).ToArray());
        AssertRefused("other", "Expected a state of TestNet", () => copy.CopyFrom(Streaming.Create(Info, 3, 8)));
        AssertRefused("other", "Expected a state of TestNet", () => copy.CopyFrom(Streaming.Create(Info, 5, 8)));
    }

    [Fact]
    public void A_step_of_one_float_is_told_in_the_singular()
    {
        StreamState state = Streaming.Create(Info, 4, 8);
        AssertRefused("input", "Expected one step of 1 float, got 2.",
            () => Streaming.Check(new float[2], 1, state, new float[3], 3, Info, long.MaxValue));
        AssertRefused("output", "Expected 1 float for the output of one step, got 3.",
            () => Streaming.Check(new float[2], 2, state, new float[3], 1, Info, long.MaxValue));
    }

    [Fact]
    public void Numbers_in_messages_do_not_depend_on_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        NetworkInfo words = Info with { Inputs = [new InputInfo("words", new Shape(2), 9)] };
        try
        {
            CultureInfo.CurrentCulture = comma;
            Refused("got -0.5 for sample 1", () => new Batch { Count = 2, Inputs = new float[4], Classes = [0, 0], Weights = [1, -0.5f] }, Info);
            AssertRefused("input", "got 1.5 for sample 0, step 1", () => Guard.Ids([1, 1.5f], 1, words));
            AssertRefused("input", "got 2.5.", () => Streaming.CheckId(2.5f, 9));
            Assert.EndsWith("got -0.5. (Parameter 'LearningRate')", Assert.Throws<ArgumentOutOfRangeException>(() => new SGD(-0.5f)).Message);
            Assert.Contains("got -1.5.", Assert.Throws<ArgumentOutOfRangeException>(() => new SGD(0.1f) { Momentum = -1.5f }).Message);
            Assert.Contains("got -2.5.", Assert.Throws<ArgumentOutOfRangeException>(() => new SGD(0.1f) { ClipNorm = -2.5f }).Message);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Good_input_costs_no_allocation()
    {
        float[] input = new float[4];
        float[] output = new float[6];
        int[] classes = [0, 1];
        Workspace workspace = new(4);
        Check();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Check();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Check()
        {
            Guard.Samples(input, output, Info);
            Guard.Workspace(workspace, 4);
            Guard.Batch(new Batch { Count = 2, Inputs = input, Classes = classes }, Info);
        }
    }

    private delegate Batch MakeBatch();

    private static void Refused(string message, MakeBatch batch, NetworkInfo info) =>
        AssertRefused("batch", message, () => Guard.Batch(batch(), info));

    private static void AssertRefused(string parameter, string message, Action action) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(parameter, action).Message);
}
