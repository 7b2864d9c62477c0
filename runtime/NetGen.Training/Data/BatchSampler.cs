namespace NetGen.Training;

/// <summary>
/// Gives the samples of a data set in batches: in a random order that is a function of a seed and the epoch, or one after the other in each place of the batch.
/// Rows are gathered into buffers made by the constructor; nothing is allocated afterwards.
/// </summary>
/// <example><code>
/// BatchSampler sampler = new(train, batchSize: 64);
/// foreach (Batch batch in sampler.Epoch(seed: 1, epoch: 0))
/// {
///     net.TrainStep(batch, optimizer);
/// }
/// </code></example>
public sealed class BatchSampler
{
    private const ulong AugmentationKey = 0xA0761D6478BD642F;

    private readonly Dataset _data;
    private readonly int[] _order;
    private readonly float[] _inputs;
    private readonly int[] _classes;
    private readonly float[] _targets;
    private readonly float[] _weights;
    private readonly int[] _lengths;
    private readonly bool _consecutive;

    /// <summary>Reserves buffers for one batch.</summary>
    /// <param name="data">At least one sample.</param>
    /// <param name="batchSize">Samples in a batch, at least 1; the last one may be smaller.</param>
    /// <param name="dropLast">Whether to leave out the last batch of an epoch when it is smaller; other samples are left out in each epoch.</param>
    /// <param name="consecutive">
    /// Whether sample i of a batch is the one that follows sample i of the batch before, for an <see cref="IStateful"/> network: of n batches the first holds samples 0, n, 2n and so on,
    /// the next 1, n + 1, 2n + 1. All batches are full; what is left at the end is left out.
    /// </param>
    /// <exception cref="ArgumentException">An epoch would have no batch.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
    public BatchSampler(Dataset data, int batchSize, bool dropLast = false, bool consecutive = false)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (data.Count == 0)
        {
            throw new ArgumentException("The data set has no samples.", nameof(data));
        }
        if (dropLast && batchSize > data.Count)
        {
            throw new ArgumentException(
                $"The data set has {data.Count} samples: without the last, smaller batch nothing is left of it. Take batches of at most {data.Count}.",
                nameof(batchSize));
        }
        _data = data;
        _consecutive = consecutive;
        BatchSize = Math.Min(batchSize, data.Count);
        BatchesPerEpoch = dropLast || consecutive ? data.Count / BatchSize : (data.Count - 1) / BatchSize + 1;
        SamplesPerEpoch = Math.Min(data.Count, BatchesPerEpoch * BatchSize);
        _order = new int[data.Count];
        _inputs = new float[BatchSize * data.FeatureCount];
        _classes = new int[BatchSize * data.ClassesPerSample];
        _targets = new float[BatchSize * data.TargetCount];
        _weights = new float[data.Weights.IsEmpty ? 0 : BatchSize];
        _lengths = new int[data.Lengths.IsEmpty ? 0 : BatchSize];
    }

    /// <summary>Samples in a batch: as asked for, or all of them where there are fewer.</summary>
    public int BatchSize { get; }

    /// <summary>Batches in an epoch.</summary>
    public int BatchesPerEpoch { get; }

    /// <summary>Samples in an epoch: all, but for those that are left out with the last batch.</summary>
    public int SamplesPerEpoch { get; }

    /// <summary>Shuffles, and gives the batches of one epoch. A batch is valid until the next one; start one epoch at a time.</summary>
    /// <param name="seed">With <paramref name="epoch"/> decides the order; nothing where samples are consecutive.</param>
    /// <param name="epoch">Which epoch this is; each has its own order.</param>
    public BatchEnumerator Epoch(long seed, long epoch)
    {
        if (_consecutive)
        {
            for (int i = 0; i < BatchesPerEpoch * BatchSize; i++)
            {
                (int batch, int place) = Math.DivRem(i, BatchSize);
                _order[i] = place * BatchesPerEpoch + batch;
            }
            return new BatchEnumerator(this);
        }
        // From the same start each time, so that the order does not depend on the epochs before.
        Rows.Count(_order);
        SplitMix64 random = new(unchecked((ulong)seed), stream: unchecked((ulong)epoch));
        Rows.Shuffle(_order, ref random);
        return new BatchEnumerator(this);
    }

    /// <summary>
    /// Changes the samples of a batch in place, each with random numbers of its own, which are a function of the seed, the step and its place in the
    /// batch.
    /// </summary>
    internal void Augment(in Batch batch, IAugmentation augmentation, NetworkInfo network, long seed, long step)
    {
        // Another seed than that of the order, so that the two have nothing to do with each other.
        ulong own = unchecked((ulong)seed ^ AugmentationKey);
        for (int i = 0; i < batch.Count; i++)
        {
            SplitMix64 random = new(own, stream: unchecked((ulong)(step * BatchSize + i)));
            augmentation.Apply(_inputs.AsSpan(i * _data.FeatureCount, _data.FeatureCount), network, ref random);
        }
    }

    /// <summary>The first batch of the first epoch, as a data set of its own.</summary>
    internal static Dataset FirstBatch(Dataset data, int batchSize, long seed)
    {
        BatchSampler sampler = new(data, batchSize);
        sampler.Epoch(seed, 0);
        return data.Select(sampler._order.AsSpan(0, sampler.BatchSize));
    }

    private Batch Gather(int index)
    {
        int start = index * BatchSize;
        ReadOnlySpan<int> rows = _order.AsSpan(start, Math.Min(BatchSize, _order.Length - start));
        Span<float> inputs = _inputs.AsSpan(0, rows.Length * _data.FeatureCount);
        Span<int> classes = _classes.AsSpan(0, rows.Length * _data.ClassesPerSample);
        Span<float> targets = _targets.AsSpan(0, rows.Length * _data.TargetCount);
        Span<float> weights = _weights.AsSpan(0, Math.Min(rows.Length, _weights.Length));
        Span<int> lengths = _lengths.AsSpan(0, Math.Min(rows.Length, _lengths.Length));
        Rows.Gather(_data.Features, _data.FeatureCount, rows, inputs);
        Rows.Gather(_data.Classes, _data.ClassesPerSample, rows, classes);
        Rows.Gather(_data.Targets, _data.TargetCount, rows, targets);
        Rows.Gather(_data.Weights, weights.IsEmpty ? 0 : 1, rows, weights);
        Rows.Gather(_data.Lengths, lengths.IsEmpty ? 0 : 1, rows, lengths);
        return new Batch { Count = rows.Length, Inputs = inputs, Classes = classes, Targets = targets, Weights = weights, Lengths = lengths };
    }

    /// <summary>The batches of one epoch, for <c>foreach</c>.</summary>
    public ref struct BatchEnumerator
    {
        private readonly BatchSampler _sampler;
        private int _next;

        internal BatchEnumerator(BatchSampler sampler) => _sampler = sampler;

        /// <summary>The batch that <see cref="MoveNext"/> gathered.</summary>
        public Batch Current { get; private set; }

        /// <summary>Gathers the next batch.</summary>
        /// <returns>Whether there was one.</returns>
        public bool MoveNext()
        {
            if (_next == _sampler.BatchesPerEpoch)
            {
                return false;
            }
            Current = _sampler.Gather(_next++);
            return true;
        }

        /// <summary>Leaves out the next batches.</summary>
        internal void Skip(int batches) => _next += batches;

        /// <summary>Itself: an epoch is gone through once.</summary>
        public readonly BatchEnumerator GetEnumerator() => this;
    }
}
