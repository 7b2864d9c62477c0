namespace NetGen.Networks.Tests;

/// <summary>A batch norm that two places share is, as in PyTorch, one module that is called twice.</summary>
public sealed class SharedNormTests
{
    private const int Samples = 6;
    private const float Momentum = 0.3f;

    private readonly SharedNorm _shared = new(seed: 3);
    private readonly TwoNorms _two = new(seed: 1);

    public SharedNormTests()
    {
        Numbers.Of(3, phase: 2).CopyTo(Tensor(SharedNorm.Info.Parameters, "norm.weight", _shared.Parameters));
        Numbers.Of(3, phase: 3).CopyTo(Tensor(SharedNorm.Info.Parameters, "norm.bias", _shared.Parameters));
        foreach (TensorInfo tensor in TwoNorms.Info.Parameters)
        {
            Tensor(SharedNorm.Info.Parameters, Owner(tensor.Name), _shared.Parameters).CopyTo(Tensor(TwoNorms.Info.Parameters, tensor.Name, _two.Parameters));
        }
        Batch batch = new() { Count = Samples, Inputs = Numbers.Of(Samples * SharedNorm.InputSize), Targets = Numbers.Of(Samples * SharedNorm.OutputSize, phase: 1) };
        Assert.Equal(_two.Forward(batch), _shared.Forward(batch));
        _shared.Backward();
        _two.Backward();
    }

    [Fact]
    public void Its_gradient_is_the_sum_of_both_places()
    {
        foreach (TensorInfo tensor in SharedNorm.Info.Parameters)
        {
            float[] expected = new float[tensor.Shape.Count];
            foreach (TensorInfo part in TwoNorms.Info.Parameters.Where(part => Owner(part.Name) == tensor.Name))
            {
                ReadOnlySpan<float> gradient = Tensor(TwoNorms.Info.Parameters, part.Name, _two.Gradients);
                for (int i = 0; i < expected.Length; i++)
                {
                    expected[i] += gradient[i];
                }
            }
            Closeness.AssertClose(expected, Tensor(SharedNorm.Info.Parameters, tensor.Name, _shared.Gradients).ToArray(), tensor.Name, tolerance: 1e-5);
        }
    }

    [Theory]
    [InlineData("running_mean", 0)]
    [InlineData("running_var", 1)]
    public void Each_place_updates_its_running_statistics_in_turn(string statistic, float initial)
    {
        Span<float> first = Tensor(TwoNorms.Info.State, $"norm.{statistic}", _two.State), second = Tensor(TwoNorms.Info.State, $"again.{statistic}", _two.State);
        float[] expected = new float[first.Length];
        for (int i = 0; i < expected.Length; i++)
        {
            // Of a batch's statistic s, one update of what it started from makes (1 - m) initial + m s.
            float ofSecond = (second[i] - (1 - Momentum) * initial) / Momentum;
            expected[i] = (1 - Momentum) * first[i] + Momentum * ofSecond;
        }
        Closeness.AssertClose(expected, Tensor(SharedNorm.Info.State, $"norm.{statistic}", _shared.State).ToArray(), statistic, tolerance: 1e-5);
    }

    [Fact]
    public void Prediction_uses_the_same_statistics_in_both_places()
    {
        foreach (TensorInfo tensor in TwoNorms.Info.State)
        {
            Tensor(SharedNorm.Info.State, Owner(tensor.Name), _shared.State).CopyTo(Tensor(TwoNorms.Info.State, tensor.Name, _two.State));
        }
        float[] inputs = Numbers.Of(Samples * SharedNorm.InputSize, phase: 4), expected = new float[Samples * SharedNorm.OutputSize], actual = new float[expected.Length];
        _two.Predict(inputs, expected);
        _shared.Predict(inputs, actual);

        Assert.Equal(expected, actual);
    }

    private static string Owner(string name) => name.Replace("again.", "norm.", StringComparison.Ordinal);

    private static Span<float> Tensor(IReadOnlyList<TensorInfo> tensors, string name, Span<float> memory)
    {
        TensorInfo tensor = tensors.Single(tensor => tensor.Name == name);
        return memory.Slice(tensor.Offset, tensor.Shape.Count);
    }
}
