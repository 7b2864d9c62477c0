namespace NetGen.Training;

/// <summary>Memory for one batch, which samples are gathered into.</summary>
internal sealed class BatchBuffer
{
    private readonly Dataset _data;
    private readonly int _targetCount;
    private readonly float[] _inputs;
    private readonly int[] _classes;
    private readonly float[] _targets;
    private readonly float[] _weights;
    private readonly int[] _lengths;
    private int _count;

    /// <param name="data">What is gathered.</param>
    /// <param name="batchSize">Samples at most.</param>
    /// <param name="softTargets">Floats of a target that a class becomes; 0 where classes stay classes.</param>
    public BatchBuffer(Dataset data, int batchSize, int softTargets)
    {
        _data = data;
        _targetCount = softTargets > 0 ? softTargets : data.TargetCount;
        IsSoft = softTargets > 0;
        _inputs = new float[batchSize * data.FeatureCount];
        _classes = new int[batchSize * data.ClassesPerSample];
        _targets = new float[batchSize * _targetCount];
        _weights = new float[data.Weights.IsEmpty ? 0 : batchSize];
        _lengths = new int[data.Lengths.IsEmpty ? 0 : batchSize];
    }

    /// <summary>Whether classes become probabilities.</summary>
    public bool IsSoft { get; }

    /// <summary>What was gathered.</summary>
    public Batch Batch => new()
    {
        Count = _count,
        Inputs = _inputs.AsSpan(0, _count * _data.FeatureCount),
        Classes = IsSoft ? default : _classes.AsSpan(0, _count * _data.ClassesPerSample),
        Targets = _targets.AsSpan(0, _count * _targetCount),
        Weights = _weights.AsSpan(0, Math.Min(_count, _weights.Length)),
        Lengths = _lengths.AsSpan(0, Math.Min(_count, _lengths.Length)),
    };

    /// <summary>The features of one sample.</summary>
    public Span<float> InputsOf(int sample) => _inputs.AsSpan(sample * _data.FeatureCount, _data.FeatureCount);

    /// <summary>The target of one sample.</summary>
    public Span<float> TargetOf(int sample) => _targets.AsSpan(sample * _targetCount, _targetCount);

    /// <summary>Copies samples of the data set.</summary>
    public void Gather(ReadOnlySpan<int> rows)
    {
        _count = rows.Length;
        Rows.Gather(_data.Features, _data.FeatureCount, rows, _inputs);
        Rows.Gather(_data.Classes, _data.ClassesPerSample, rows, _classes);
        Rows.Gather(_data.Weights, Math.Min(1, _weights.Length), rows, _weights);
        Rows.Gather(_data.Lengths, Math.Min(1, _lengths.Length), rows, _lengths);
        if (!IsSoft)
        {
            Rows.Gather(_data.Targets, _targetCount, rows, _targets);
            return;
        }
        for (int i = 0; i < _count; i++)
        {
            Span<float> target = TargetOf(i);
            target.Clear();
            // A single output is the probability of class 1.
            target[target.Length == 1 ? 0 : _classes[i]] = target.Length == 1 ? _classes[i] : 1;
        }
    }
}
