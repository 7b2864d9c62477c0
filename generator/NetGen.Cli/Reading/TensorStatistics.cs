namespace NetGen.Cli.Reading;

/// <summary>What a tensor's numbers look like.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">As the file has it: <c>F32</c>.</param>
/// <param name="Shape">Its shape; empty for a scalar.</param>
/// <param name="Count">How many numbers it has.</param>
/// <param name="Finite">How many of them are finite: all else is of those only.</param>
/// <param name="Zeros">How many are 0.</param>
/// <param name="Minimum">The least.</param>
/// <param name="Maximum">The greatest.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation.</param>
/// <param name="Histogram">How many fall into each of equal parts of the way from the least to the greatest.</param>
public sealed record TensorStatistics(
    string Name, string Type, IReadOnlyList<long> Shape, long Count, long Finite, long Zeros, double Minimum, double Maximum, double Mean, double Deviation, IReadOnlyList<int> Histogram)
{
    /// <summary>Parts of a histogram.</summary>
    public const int Bins = 32;

    /// <summary>The statistics of all tensors of a safetensors file.</summary>
    /// <exception cref="UnusableFileException">It is no such file.</exception>
    public static IReadOnlyList<TensorStatistics> Read(string file)
    {
        try
        {
            return [.. SafetensorsFile.Read(file).Tensors.Select(Of)];
        }
        catch (NetworkFormatException exception)
        {
            throw new UnusableFileException(exception.Message);
        }
        catch (FileNotFoundException)
        {
            throw new UnusableFileException($"{file}: no such file; name a .safetensors or .netgen file");
        }
    }

    private static TensorStatistics Of(SafetensorsTensor tensor)
    {
        // No network computes with integers: their names and shapes are all there is to say.
        float[] values = tensor.Type is SafetensorsType.F16 or SafetensorsType.BF16 or SafetensorsType.F32 or SafetensorsType.F64 ? new float[tensor.Count] : [];
        if (values.Length > 0)
        {
            tensor.CopyTo(values);
        }
        return Of(tensor.Name, tensor.Type.ToString(), tensor.Shape, tensor.Count, values);
    }

    /// <summary>The statistics of some numbers.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="type">The type of its numbers.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="count">How many numbers it has.</param>
    /// <param name="values">Its numbers; none where they cannot be told.</param>
    public static TensorStatistics Of(string name, string type, IReadOnlyList<long> shape, long count, float[] values)
    {
        float[] finite = [.. values.Where(float.IsFinite)];
        if (finite.Length == 0)
        {
            return new(name, type, shape, count, 0, 0, 0, 0, 0, 0, []);
        }
        (double least, double greatest, double mean) = (finite.Min(), finite.Max(), finite.Average(value => (double)value));
        double variance = finite.Average(value => (value - mean) * (value - mean));
        int[] histogram = new int[Bins];
        foreach (float value in finite)
        {
            histogram[greatest > least ? Math.Min(Bins - 1, (int)((value - least) / (greatest - least) * Bins)) : Bins / 2]++;
        }
        return new(name, type, shape, count, finite.Length, finite.Count(value => value == 0), least, greatest, mean, Math.Sqrt(variance), histogram);
    }
}
