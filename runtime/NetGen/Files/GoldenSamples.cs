namespace NetGen;

/// <summary>Samples with their outputs in a file, for whoever reads it to check that it computes the same.</summary>
internal static class GoldenSamples
{
    /// <summary>What the names of tensors start with that are NetGen's own and no network's.</summary>
    public const string Reserved = "netgen.";

    /// <summary><c>[n, InputSize]</c>.</summary>
    public const string Inputs = "netgen.golden.inputs";

    /// <summary><c>[n, OutputSize]</c>.</summary>
    public const string Outputs = "netgen.golden.outputs";

    /// <summary>The tensors of some samples, with what the network makes of them now; none where there are no samples.</summary>
    /// <exception cref="ArgumentException">The inputs are not a whole number of samples.</exception>
    public static IEnumerable<SafetensorsTensor> Of(IPredictor network, ReadOnlySpan<float> golden)
    {
        if (golden.IsEmpty)
        {
            return [];
        }
        (int inputs, int outputs) = (network.Info.InputSize, network.Info.OutputSize);
        int samples = CompilerServices.Guard.WholeSamples(golden, network.Info, nameof(golden));
        float[] predicted = new float[samples * outputs];
        network.Predict(golden, predicted);
        return [new(Inputs, new Shape(samples, inputs), golden), new(Outputs, new Shape(samples, outputs), predicted)];
    }
}
