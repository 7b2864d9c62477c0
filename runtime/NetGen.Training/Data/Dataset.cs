namespace NetGen.Training;

/// <summary>
/// Samples in memory: features <c>[n, FeatureCount]</c> with either the index of the right class, <c>[n]</c> or <c>[n, time]</c> for sequences, or targets,
/// <c>[n, TargetCount]</c>. Cannot be changed once made.
/// </summary>
public sealed partial class Dataset
{
    private readonly ReadOnlyMemory<float> _features;
    private readonly bool _isMapped;
    private readonly int[] _classes;
    private readonly float[] _targets;
    private readonly float[] _weights;
    private readonly int[] _lengths;
    private bool? _hasMissing;

    private Dataset(
        int count, ReadOnlyMemory<float> features, int[] classes, int classesPerSample, float[] targets, float[] weights, int[] lengths, DatasetNames names, bool isMapped)
    {
        Count = count;
        ClassesPerSample = classesPerSample;
        _features = features;
        _isMapped = isMapped;
        _classes = classes;
        _targets = targets;
        _weights = weights;
        _lengths = lengths;
        Names = names;
    }

    /// <summary>Number of samples.</summary>
    public int Count { get; }

    /// <summary>Floats in one sample's features.</summary>
    public int FeatureCount => Names.Features.Count;

    /// <summary>Floats in one sample's target; 0 where samples have classes, or neither.</summary>
    public int TargetCount => Names.Targets.Count;

    /// <summary><c>[Count, FeatureCount]</c>, one row a sample.</summary>
    public ReadOnlySpan<float> Features => _features.Span;

    /// <summary>Classes of one sample: 1, or one a time step for sequences; 0 where there are <see cref="Targets"/>.</summary>
    public int ClassesPerSample { get; }

    /// <summary>
    /// <c>[Count, ClassesPerSample]</c>: the index in <see cref="ClassNames"/> of each class. Empty where there are <see cref="Targets"/>.
    /// </summary>
    public ReadOnlySpan<int> Classes => _classes;

    /// <summary><c>[Count, TargetCount]</c>: what the output should be. Empty where there are <see cref="Classes"/>.</summary>
    public ReadOnlySpan<float> Targets => _targets;

    /// <summary><c>[Count]</c>: how much each sample counts in the loss, above 0. Empty when all count 1.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary><c>[Count]</c>: how many time steps of each sequence are real, at least 1; what is behind them does not count. Empty when all are.</summary>
    public ReadOnlySpan<int> Lengths => _lengths;

    /// <summary>The names of the features: the CSV file's columns, or <c>feature0</c> and so on.</summary>
    public IReadOnlyList<string> FeatureNames => Names.Features;

    /// <summary>The names of the classes in order of their index. Empty where there are <see cref="Targets"/>.</summary>
    public IReadOnlyList<string> ClassNames => Names.Classes;

    /// <summary>The names of the targets: the CSV file's columns, or <c>target0</c> and so on. Empty where there are <see cref="Classes"/>.</summary>
    public IReadOnlyList<string> TargetNames => Names.Targets;

    /// <summary>Whether samples have classes, not targets.</summary>
    public bool HasClasses => ClassNames.Count > 0;

    /// <summary>The categories of the CSV file's columns that name one, in order: <see cref="CsvOptions.Categories"/> for a file that is read later. Empty where there are none.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Categories => Names.Categories;

    /// <summary>Whether a feature is NaN, one that is not known; a network needs <c>[Impute]</c> for that.</summary>
    public bool HasMissing => _hasMissing ??= ContainsNaN(Features);

    private DatasetNames Names { get; }

    /// <summary>
    /// Samples <paramref name="start"/> up to <paramref name="start"/> + <paramref name="count"/> as a batch: views, nothing is copied.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The samples are not all within the data set.</exception>
    public Batch Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Count);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count - start);
        return new Batch
        {
            Count = count,
            Inputs = Features.Slice(start * FeatureCount, count * FeatureCount),
            Classes = _classes.AsSpan(start * ClassesPerSample, count * ClassesPerSample),
            Targets = _targets.AsSpan(start * TargetCount, count * TargetCount),
            Weights = _weights.Length > 0 ? _weights.AsSpan(start, count) : default,
            Lengths = _lengths.Length > 0 ? _lengths.AsSpan(start, count) : default,
        };
    }

    /// <summary>A copy of the samples at <paramref name="rows"/>, in that order.</summary>
    /// <exception cref="InvalidOperationException">The features are mapped.</exception>
    internal Dataset Select(ReadOnlySpan<int> rows) => new(
        rows.Length,
        _isMapped
            ? throw new InvalidOperationException("This would copy samples of a mapped file into memory. Save each part as a file, or use SplitByTime or TimeFolds, whose parts are views.")
            : Gather(Features, FeatureCount, rows),
        Gather<int>(_classes, ClassesPerSample, rows),
        ClassesPerSample,
        Gather<float>(_targets, TargetCount, rows),
        Gather<float>(_weights, _weights.Length > 0 ? 1 : 0, rows),
        Gather<int>(_lengths, _lengths.Length > 0 ? 1 : 0, rows),
        Names,
        isMapped: false)
    {
        _hasMissing = _hasMissing == false ? false : null,
    };

    /// <summary>Samples that follow one another; their features are not copied.</summary>
    private Dataset View(int start, int count) => new(
        count,
        _features.Slice(start * FeatureCount, count * FeatureCount),
        _classes[(start * ClassesPerSample)..((start + count) * ClassesPerSample)],
        ClassesPerSample,
        _targets[(start * TargetCount)..((start + count) * TargetCount)],
        _weights.Length > 0 ? _weights[start..(start + count)] : [],
        _lengths.Length > 0 ? _lengths[start..(start + count)] : [],
        Names,
        _isMapped)
    {
        _hasMissing = _hasMissing == false ? false : null,
    };

    private static bool ContainsNaN(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (float.IsNaN(value))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The same samples with categories.</summary>
    internal Dataset With(IReadOnlyDictionary<string, IReadOnlyList<string>> categories) =>
        new(Count, _features, _classes, ClassesPerSample, _targets, _weights, _lengths, Names with { Categories = categories }, _isMapped) { _hasMissing = _hasMissing };

    private static T[] Gather<T>(ReadOnlySpan<T> source, int width, ReadOnlySpan<int> rows)
    {
        T[] gathered = new T[rows.Length * width];
        Rows.Gather(source, width, rows, gathered);
        return gathered;
    }
}

/// <summary>What the columns and classes of a data set are called; its parts share it.</summary>
/// <param name="Features">One name a feature.</param>
/// <param name="Classes">One name a class; none where there are targets.</param>
/// <param name="Targets">One name a target; none where there are classes.</param>
internal sealed record DatasetNames(IReadOnlyList<string> Features, IReadOnlyList<string> Classes, IReadOnlyList<string> Targets)
{
    /// <summary>The categories of columns that name one.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Categories { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}
