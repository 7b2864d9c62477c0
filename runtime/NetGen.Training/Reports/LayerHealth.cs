namespace NetGen.Training;

/// <summary>How large a parameter and its gradient are, over one batch.</summary>
/// <param name="Parameter">Its name, such as <c>dense1.weight</c>.</param>
/// <param name="Values">How many numbers it has.</param>
/// <param name="Size">The root of the mean of their squares.</param>
/// <param name="GradientSize">That of their gradients: 0 where nothing is learned, far above other layers' where training is about to explode.</param>
/// <param name="WithoutGradient">The share of numbers whose gradient is exactly 0, as behind a ReLU that never fires.</param>
public sealed record LayerHealth(string Parameter, int Values, double Size, double GradientSize, double WithoutGradient)
{
    private const int Samples = 256;

    /// <summary>Computes the gradients of a data set's first samples; the network is afterwards as before, but for its gradients.</summary>
    internal static LayerHealth[] Of(ITrainable network, Dataset data)
    {
        float[] state = network.State.ToArray();
        (network as IStateful)?.ResetStates();
        network.Forward(data.Slice(0, Math.Min(Samples, data.Count)));
        network.Backward();
        state.CopyTo(network.State);
        (network as IStateful)?.ResetStates();
        return [.. network.Info.Parameters.Select(parameter =>
        {
            Span<float> gradients = network.Gradients.Slice(parameter.Offset, parameter.Length);
            return new LayerHealth(
                parameter.Name, parameter.Shape.Count, RootMeanSquare(network.Parameters.Slice(parameter.Offset, parameter.Length)), RootMeanSquare(gradients), (double)gradients.Count(0) / parameter.Length);
        })];
    }

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
