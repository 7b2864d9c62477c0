namespace NetGen.Training;

/// <summary>How large parameters, their gradients and what layers give are, over one batch.</summary>
public sealed class LayerHealth
{
    private const int Samples = 256;

    /// <summary>Computes the first samples of a data set forward and backward; the network is afterwards as before, but for its gradients.</summary>
    internal LayerHealth(ITrainable network, Dataset data)
    {
        float[] state = network.State.ToArray();
        (network as IStateful)?.ResetStates();
        network.Forward(data.Slice(0, Math.Min(Samples, data.Count)));
        List<ActivationHealth> activations = [];
        (network as IKeepsActivations)?.ReadActivations((layer, values) => activations.Add(ActivationHealth.Of(layer, values)));
        network.Backward();
        state.CopyTo(network.State);
        (network as IStateful)?.ResetStates();
        Activations = activations;
        Parameters = [.. network.Info.Parameters.Select(parameter =>
            ParameterHealth.Of(parameter, network.Parameters.Slice(parameter.Offset, parameter.Length), network.Gradients.Slice(parameter.Offset, parameter.Length)))];
    }

    /// <summary>The layers whose outputs the network keeps, in order (<see cref="IKeepsActivations"/>).</summary>
    public IReadOnlyList<ActivationHealth> Activations { get; }

    /// <summary>The parameters, in order.</summary>
    public IReadOnlyList<ParameterHealth> Parameters { get; }
}

/// <summary>How large a layer's output is.</summary>
/// <param name="Layer">Its name.</param>
/// <param name="Mean">The mean of its numbers.</param>
/// <param name="Deviation">Their standard deviation.</param>
/// <param name="Zeros">The share of exact zeros: of a ReLU near 1 where it never fires.</param>
public sealed record ActivationHealth(string Layer, double Mean, double Deviation, double Zeros)
{
    internal static ActivationHealth Of(string layer, ReadOnlySpan<float> values)
    {
        (double sum, double squares) = (0, 0);
        foreach (float value in values)
        {
            sum += value;
            squares += (double)value * value;
        }
        double mean = sum / values.Length;
        return new ActivationHealth(layer, mean, Math.Sqrt(Math.Max(0, squares / values.Length - mean * mean)), (double)values.Count(0f) / values.Length);
    }
}

/// <summary>How large a parameter and its gradient are.</summary>
/// <param name="Name">Such as <c>dense1.weight</c>.</param>
/// <param name="Count">How many numbers it has.</param>
/// <param name="Size">The root of the mean of their squares.</param>
/// <param name="GradientSize">That of their gradients: 0 where nothing is learned, far above other layers' where training is about to explode.</param>
/// <param name="WithoutGradient">The share of numbers whose gradient is exactly 0, as behind a ReLU that never fires.</param>
public sealed record ParameterHealth(string Name, int Count, double Size, double GradientSize, double WithoutGradient)
{
    internal static ParameterHealth Of(TensorInfo parameter, ReadOnlySpan<float> values, ReadOnlySpan<float> gradients) =>
        new(parameter.Name, values.Length, RootMeanSquare(values), RootMeanSquare(gradients), (double)gradients.Count(0f) / gradients.Length);

    private static double RootMeanSquare(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += (double)value * value;
        }
        return Math.Sqrt(sum / values.Length);
    }
}
