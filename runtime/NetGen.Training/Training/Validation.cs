namespace NetGen.Training;

/// <summary>Evaluates a network on a data set in blocks, into a buffer made once.</summary>
internal sealed class Validation
{
    private readonly ITrainable _network;
    private readonly Dataset _data;
    private readonly IMetric[] _metrics;
    private readonly string[] _names;
    private readonly double[][] _values;
    private readonly float[] _predictions;
    private readonly int _blockSize;
    private readonly int _outputSize;
    private readonly bool _stepsHaveLengths;
    private readonly bool _countsSteps;

    /// <param name="network">What is evaluated.</param>
    /// <param name="data">The validation part.</param>
    /// <param name="blockSize">Samples evaluated at once.</param>
    /// <param name="metrics">What else is measured.</param>
    /// <param name="epochs">For how many epochs to reserve room for their values.</param>
    /// <exception cref="ArgumentException">A metric does not take such data.</exception>
    /// <exception cref="InvalidOperationException">A metric is not defined for such data.</exception>
    public Validation(ITrainable network, Dataset data, int blockSize, IEnumerable<IMetric> metrics, int epochs)
    {
        _network = network;
        _data = data;
        _metrics = [.. metrics];
        _names = [.. _metrics.Select(metric => metric.Name)];
        _values = [.. Enumerable.Range(0, _metrics.Length > 0 ? epochs : 0).Select(_ => new double[_metrics.Length])];
        _blockSize = Math.Min(blockSize, data.Count);
        _outputSize = network.Info.OutputSize;
        _stepsHaveLengths = data.ClassesPerSample > 1 && data.ClassesPerSample == network.Info.SequenceLength;
        _predictions = new float[_blockSize * _outputSize];
        _countsSteps = WeightedMean.CountsSteps(network.Info);
        // Before anything is trained: with outputs of 0 a metric says whether it takes these samples, and whether it has a value for them.
        Reset();
        for (int start = 0; start < data.Count && _metrics.Length > 0; start += _blockSize)
        {
            Batch block = Block(start);
            AddToMetrics(block, _predictions.AsSpan(0, block.Count * _outputSize));
        }
        foreach (IMetric metric in _metrics)
        {
            _ = metric.Value;
        }
    }

    /// <param name="epoch">From 1.</param>
    /// <returns>
    /// The mean loss over all samples by weight, the share of right classes among those that count, null where there are none, and the metrics: not numbers where an output was none.
    /// </returns>
    public (double Loss, double? Accuracy, MetricValues Metrics) Run(int epoch)
    {
        WeightedMean loss = new(_network.Info);
        long right = 0;
        long counted = 0;
        bool finite = true;
        Reset();
        for (int start = 0; start < _data.Count; start += _blockSize)
        {
            Batch block = Block(start);
            Span<float> predictions = _predictions.AsSpan(0, block.Count * _outputSize);
            loss.Add(_network.Evaluate(block, predictions), block);
            for (int i = 0; i < block.Count && _data.HasClasses; i++)
            {
                int steps = _stepsHaveLengths && !block.Lengths.IsEmpty ? block.Lengths[i] : _data.ClassesPerSample;
                right += CountRight(predictions.Slice(i * _outputSize, _outputSize), block.Classes.Slice(i * _data.ClassesPerSample, steps));
                counted += steps;
            }
            finite = finite && (_metrics.Length == 0 || StepGuard.AllFinite(predictions));
            if (finite)
            {
                AddToMetrics(block, predictions);
            }
        }
        return (loss.Value, _data.HasClasses ? (double)right / counted : null, MetricsOf(epoch, finite));
    }

    private Batch Block(int start) => _data.Slice(start, Math.Min(_blockSize, _data.Count - start));

    private void Reset()
    {
        foreach (IMetric metric in _metrics)
        {
            metric.Reset();
        }
    }

    private void AddToMetrics(in Batch block, ReadOnlySpan<float> predictions)
    {
        // Lengths count steps of the input; where outputs do not run over them, all of a sample's outputs count.
        Batch samples = _countsSteps ? block : block with { Lengths = default };
        foreach (IMetric metric in _metrics)
        {
            metric.Add(samples, predictions);
        }
    }

    private MetricValues MetricsOf(int epoch, bool finite)
    {
        if (_metrics.Length == 0)
        {
            return default;
        }
        double[] values = _values[epoch - 1];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = finite ? _metrics[i].Value : double.NaN;
        }
        return new MetricValues(_names, values);
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
