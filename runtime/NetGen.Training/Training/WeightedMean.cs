namespace NetGen.Training;

/// <summary>The mean loss of several batches: each counts with the sum of its samples' weights.</summary>
internal struct WeightedMean
{
    private double _sum;
    private double _weight;

    /// <summary><c>sum_b w_b L_b / sum_b w_b</c>.</summary>
    public readonly double Value => _sum / _weight;

    public void Add(float loss, in Batch batch)
    {
        double weight = batch.Count;
        if (!batch.Weights.IsEmpty)
        {
            weight = 0;
            foreach (float w in batch.Weights)
            {
                weight += w;
            }
        }
        _sum += weight * loss;
        _weight += weight;
    }
}
