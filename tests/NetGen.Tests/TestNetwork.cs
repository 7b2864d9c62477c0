using NetGen.CompilerServices;

namespace NetGen.Tests;

/// <summary>
/// A network by hand that only holds tensors: a dense layer 2 -> 3 behind a standardisation, with gaps for alignment as the compiler leaves them.
/// </summary>
internal sealed class TestNetwork(int parameterFloats = TestNetwork.ParameterFloats) : ITrainable
{
    public const int ParameterFloats = 32;
    public const int StateFloats = 32;

    private readonly AlignedBuffer _parameters = new(parameterFloats);
    private readonly AlignedBuffer _state = new(StateFloats);
    private readonly AlignedBuffer _gradients = new(parameterFloats);

    public NetworkInfo Info { get; init; } = new()
    {
        Name = "TestNet",
        ArchitectureHash = "0123abcd",
        Inputs = [new InputInfo("input", new Shape(2))],
        OutputShape = new Shape(3),
        Loss = LossKind.SoftmaxCrossEntropy,
        Layers = [new LayerInfo("standardize1", "Standardize", new Shape(2), 0, 4), new LayerInfo("dense1", "Dense(3)", new Shape(3), 9, 15)],
        Parameters =
        [
            new TensorInfo("dense1.weight", new Shape(3, 2), 0, 6, new TensorLayout([3, 2], [1, 0])),
            new TensorInfo("dense1.bias", new Shape(3), 16, 3),
        ],
        State =
        [
            new TensorInfo("standardize1.mean", new Shape(2), 0, 2),
            new TensorInfo("standardize1.std", new Shape(2), 16, 2),
        ],
    };

    public Span<float> Parameters => _parameters.Span;

    public Span<float> State => _state.Span;

    public Span<float> Gradients => _gradients.Span;

    public long StepCount { get; set; }

    /// <summary>A network whose parameters are all of one weight.</summary>
    public static TestNetwork OfOneMatrix(int floats = ParameterFloats)
    {
        TestNetwork network = new();
        return new(floats) { Info = network.Info with { Parameters = [new TensorInfo("dense1.weight", new Shape(1, floats), 0, floats)] } };
    }

    /// <summary>A network whose tensors hold 1, 2, 3, ... in PyTorch's order.</summary>
    public static TestNetwork Counting()
    {
        TestNetwork network = new() { StepCount = 7 };
        network.Import("dense1.weight", [1, 2, 3, 4, 5, 6]);
        network.Import("dense1.bias", [7, 8, 9]);
        network.Import("standardize1.mean", [10, 11]);
        network.Import("standardize1.std", [12, 13]);
        return network;
    }

    /// <summary>All that a file may change, bit by bit.</summary>
    public int[] Bits() =>
        [.. Parameters.ToArray().Concat(State.ToArray()).Select(BitConverter.SingleToInt32Bits), (int)StepCount, (int)(StepCount >> 32)];

    public float[] Exported(string name, int length)
    {
        float[] values = new float[length];
        this.Export(name, values);
        return values;
    }

    public int WorkspaceSize => 0;

    public void Predict(ReadOnlySpan<float> input, Span<float> output) => throw new NotSupportedException();

    public void Predict(ReadOnlySpan<float> input, Span<float> output, Workspace workspace) => throw new NotSupportedException();

    public void PredictLogits(ReadOnlySpan<float> input, Span<float> output) => throw new NotSupportedException();

    public void PredictLogits(ReadOnlySpan<float> input, Span<float> output, Workspace workspace) => throw new NotSupportedException();

    public void Reserve(int maxBatch) => throw new NotSupportedException();

    public float Forward(in Batch batch) => throw new NotSupportedException();

    public void Backward() => throw new NotSupportedException();

    public float TrainStep(in Batch batch, Optimizer optimizer) => throw new NotSupportedException();

    public float Evaluate(in Batch batch, Span<float> predictions) => throw new NotSupportedException();

    public void FitPreprocessing(ReadOnlySpan<float> samples) => throw new NotSupportedException();
}
