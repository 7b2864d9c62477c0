namespace NetGen.Training;

/// <summary>The mean loss of several batches: each counts with what its loss was divided by.</summary>
/// <param name="network">Decides whether that is the number of samples or of time steps.</param>
internal struct WeightedMean(NetworkInfo network)
{
    // Of sequences of different lengths every real step counts the same, whatever batch it is in.
    private readonly bool _countsSteps = network.OutputShape.Rank == 2 && network.OutputShape[0] == network.SequenceLength;
    private double _sum;
    private double _weight;

    /// <summary><c>sum_b w_b L_b / sum_b w_b</c>.</summary>
    public readonly double Value => _sum / _weight;

    public void Add(float loss, in Batch batch)
    {
        ReadOnlySpan<int> lengths = _countsSteps ? batch.Lengths : [];
        double weight = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            weight += (lengths.IsEmpty ? 1 : lengths[i]) * (double)(batch.Weights.IsEmpty ? 1 : batch.Weights[i]);
        }
        _sum += weight * loss;
        _weight += weight;
    }
}
