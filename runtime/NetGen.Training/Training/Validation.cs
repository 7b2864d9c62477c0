namespace NetGen.Training;

/// <summary>Evaluates a network on a data set in blocks, into a buffer made once.</summary>
internal sealed class Validation
{
    private readonly ITrainable _network;
    private readonly Dataset _data;
    private readonly float[] _predictions;
    private readonly int _blockSize;
    private readonly int _outputSize;
    private readonly bool _stepsHaveLengths;

    public Validation(ITrainable network, Dataset data, int blockSize)
    {
        _network = network;
        _data = data;
        _blockSize = Math.Min(blockSize, data.Count);
        _outputSize = network.Info.OutputSize;
        _stepsHaveLengths = data.ClassesPerSample > 1 && data.ClassesPerSample == network.Info.SequenceLength;
        _predictions = new float[_blockSize * _outputSize];
    }

    /// <returns>The mean loss over all samples by weight, and the share of right classes among those that count; null where there are none.</returns>
    public (double Loss, double? Accuracy) Run()
    {
        WeightedMean loss = new(_network.Info);
        long right = 0;
        long counted = 0;
        for (int start = 0; start < _data.Count; start += _blockSize)
        {
            Batch block = _data.Slice(start, Math.Min(_blockSize, _data.Count - start));
            Span<float> predictions = _predictions.AsSpan(0, block.Count * _outputSize);
            loss.Add(_network.Evaluate(block, predictions), block);
            for (int i = 0; i < block.Count && _data.HasClasses; i++)
            {
                int steps = _stepsHaveLengths && !block.Lengths.IsEmpty ? block.Lengths[i] : _data.ClassesPerSample;
                right += CountRight(predictions.Slice(i * _outputSize, _outputSize), block.Classes.Slice(i * _data.ClassesPerSample, steps));
                counted += steps;
            }
        }
        return (loss.Value, _data.HasClasses ? (double)right / counted : null);
    }

    /// <param name="predictions"><c>[OutputSize]</c>: a row for each class of a sample.</param>
    /// <param name="classes">Those that count; the first of the sample's.</param>
    private int CountRight(ReadOnlySpan<float> predictions, ReadOnlySpan<int> classes)
    {
        int width = _outputSize / _data.ClassesPerSample;
        int right = 0;
        for (int step = 0; step < classes.Length; step++)
        {
            right += Decision.ClassOf(predictions.Slice(step * width, width)) == classes[step] ? 1 : 0;
        }
        return right;
    }
}
