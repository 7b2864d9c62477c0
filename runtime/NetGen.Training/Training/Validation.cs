namespace NetGen.Training;

/// <summary>Evaluates a network on a data set in blocks, into a buffer made once.</summary>
internal sealed class Validation
{
    private readonly ITrainable _network;
    private readonly Dataset _data;
    private readonly float[] _predictions;
    private readonly int _blockSize;
    private readonly int _outputSize;

    public Validation(ITrainable network, Dataset data, int blockSize)
    {
        _network = network;
        _data = data;
        _blockSize = Math.Min(blockSize, data.Count);
        _outputSize = network.Info.OutputSize;
        _predictions = new float[_blockSize * _outputSize];
    }

    /// <returns>The mean loss over all samples by weight, and the share of right classes; null where there are none.</returns>
    public (double Loss, double? Accuracy) Run()
    {
        WeightedMean loss = default;
        int right = 0;
        for (int start = 0; start < _data.Count; start += _blockSize)
        {
            Batch block = _data.Slice(start, Math.Min(_blockSize, _data.Count - start));
            Span<float> predictions = _predictions.AsSpan(0, block.Count * _outputSize);
            loss.Add(_network.Evaluate(block, predictions), block);
            for (int i = 0; i < block.Classes.Length; i++)
            {
                right += Decision.ClassOf(predictions.Slice(i * _outputSize, _outputSize)) == block.Classes[i] ? 1 : 0;
            }
        }
        return (loss.Value, _data.HasClasses ? (double)right / _data.Count : null);
    }
}
