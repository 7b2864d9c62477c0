namespace NetGen.Training;

/// <summary>The mean loss of several batches: each counts with what its loss was divided by.</summary>
/// <param name="network">Decides whether that is the number of samples or of time steps.</param>
/// <param name="sum">Where to go on from: <see cref="Sum"/> of another.</param>
/// <param name="weight"><see cref="Weight"/> of another.</param>
internal struct WeightedMean(NetworkInfo network, double sum = 0, double weight = 0)
{
    // Of sequences of different lengths every real step counts the same, whatever batch it is in.
    private readonly bool _countsSteps = CountsSteps(network);

    /// <summary>Whether a network's output runs over the steps that lengths count.</summary>
    public static bool CountsSteps(NetworkInfo network) => network.OutputShape.Rank == 2 && network.OutputShape[0] == network.SequenceLength;

    /// <summary><c>sum_b w_b L_b</c>.</summary>
    public double Sum { get; private set; } = sum;

    /// <summary><c>sum_b w_b</c>.</summary>
    public double Weight { get; private set; } = weight;

    /// <summary><c>sum_b w_b L_b / sum_b w_b</c>.</summary>
    public readonly double Value => Sum / Weight;

    /// <summary>Whether nothing has been added.</summary>
    public readonly bool IsEmpty => Weight == 0;

    public void Add(float loss, in Batch batch)
    {
        ReadOnlySpan<int> lengths = _countsSteps ? batch.Lengths : [];
        double weight = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            weight += (lengths.IsEmpty ? 1 : lengths[i]) * (double)(batch.Weights.IsEmpty ? 1 : batch.Weights[i]);
        }
        Sum += weight * loss;
        Weight += weight;
    }
}
