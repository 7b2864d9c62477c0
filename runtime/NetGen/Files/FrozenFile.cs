namespace NetGen;

/// <summary>A file with the final bytes of a network whose parameters are fixed: safetensors with one tensor, of which only the plan that it was made for knows the meaning.</summary>
internal static class FrozenFile
{
    /// <summary>The one tensor.</summary>
    public const string Tensor = "netgen.frozen";

    /// <summary>The metadata that holds the plan's hash.</summary>
    public const string PlanKey = "netgen.plan";

    /// <summary>The file of a network as it is now.</summary>
    public static SafetensorsFile Of(IFreezable network, ReadOnlySpan<float> golden)
    {
        FrozenForm form = network.FrozenForm;
        float[] values = new float[form.Length];
        network.Freeze(values);
        byte[] data = new byte[checked(values.Length * sizeof(float))];
        SafetensorsNumbers.FromFloats(values, data);
        return new SafetensorsFile(
            [new SafetensorsTensor(Tensor, SafetensorsType.F32, [values.Length], data), .. GoldenSamples.Of(network, golden)],
            new Dictionary<string, string>(NetworkMetadata.Of(network.Info)) { [PlanKey] = form.PlanHash });
    }
}
