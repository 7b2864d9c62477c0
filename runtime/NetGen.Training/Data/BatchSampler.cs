namespace NetGen.Training;

/// <summary>
/// Gives the samples of a data set in batches: in a random order that is a function of a seed and the epoch, or one after the other in each place of the batch.
/// Rows are gathered into buffers made by the constructor; nothing is allocated afterwards. A batch is valid until the next one.
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
    private readonly bool _consecutive;
    private readonly (float[] Inputs, float[] Target) _first;
    private readonly float _mixUp;
    private readonly BatchBuffer[] _buffers;
    private readonly Prefetch? _prefetch;
    private Changes _changes;

    /// <summary>Reserves buffers for one batch.</summary>
    /// <param name="data">At least one sample.</param>
    /// <param name="batchSize">Samples in a batch, at least 1; the last one may be smaller.</param>
    /// <param name="dropLast">Whether to leave out the last batch of an epoch when it is smaller; other samples are left out in each epoch.</param>
    /// <param name="consecutive">
    /// Whether sample i of a batch is the one that follows sample i of the batch before, for an <see cref="IStateful"/> network: of n batches the first holds samples 0, n, 2n and so on,
    /// the next 1, n + 1, 2n + 1. All batches are full; what is left at the end is left out.
    /// </param>
    /// <param name="prefetch">
    /// Whether the next batch is gathered, and augmented, on a thread of the pool while the caller learns this one; worth it where that takes long. The batches are the same.
    /// </param>
    /// <exception cref="ArgumentException">An epoch would have no batch.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
    public BatchSampler(Dataset data, int batchSize, bool dropLast = false, bool consecutive = false, bool prefetch = false)
        : this(data, batchSize, dropLast, consecutive, prefetch, mixUp: 0, outputSize: 0)
    {
    }

    /// <param name="data">At least one sample.</param>
    /// <param name="batchSize">Samples in a batch.</param>
    /// <param name="dropLast">Whether to leave out a smaller last batch.</param>
    /// <param name="consecutive">Whether places of the batch go through the samples in order.</param>
    /// <param name="prefetch">Whether to prepare the next batch meanwhile.</param>
    /// <param name="mixUp">How strongly samples are mixed; 0 for not at all.</param>
    /// <param name="outputSize">Floats of a target that a class becomes where samples are mixed.</param>
    internal BatchSampler(Dataset data, int batchSize, bool dropLast, bool consecutive, bool prefetch, float mixUp, int outputSize)
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
        int softTargets = mixUp > 0 && data.HasClasses ? outputSize : 0;
        _buffers = [.. Enumerable.Range(0, prefetch ? 2 : 1).Select(_ => new BatchBuffer(data, BatchSize, softTargets))];
        _prefetch = prefetch ? new Prefetch(Prepare) : null;
        _mixUp = mixUp;
        _first = (new float[data.FeatureCount], new float[Math.Max(softTargets, data.TargetCount)]);
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
    public BatchEnumerator Epoch(long seed, long epoch) => Epoch(seed, epoch, new Changes());

    /// <summary>The batches of one epoch, changed, from a first one on.</summary>
    internal BatchEnumerator Epoch(long seed, long epoch, Changes changes, int first = 0)
    {
        // An epoch that was left early has a batch under way, which reads the order.
        _prefetch?.Cancel();
        _changes = changes;
        Order(seed, epoch);
        if (first < BatchesPerEpoch)
        {
            _prefetch?.Begin(first);
        }
        return new BatchEnumerator(this, first);
    }

    private void Order(long seed, long epoch)
    {
        if (_consecutive)
        {
            for (int i = 0; i < BatchesPerEpoch * BatchSize; i++)
            {
                (int batch, int place) = Math.DivRem(i, BatchSize);
                _order[i] = place * BatchesPerEpoch + batch;
            }
            return;
        }
        // From the same start each time, so that the order does not depend on the epochs before.
        Rows.Count(_order);
        SplitMix64 random = new(unchecked((ulong)seed), stream: unchecked((ulong)epoch));
        Rows.Shuffle(_order, ref random);
    }

    /// <summary>The batch of an index; with prefetching, the next one is under way afterwards.</summary>
    private Batch Take(int index)
    {
        if (_prefetch is null)
        {
            Prepare(index);
        }
        else
        {
            _prefetch.Finish();
            if (index + 1 < BatchesPerEpoch)
            {
                _prefetch.Begin(index + 1);
            }
        }
        return _buffers[index % _buffers.Length].Batch;
    }

    /// <summary>Gathers and changes a batch; random numbers are a function of the seed, the step and a sample's place in the batch.</summary>
    private void Prepare(int index)
    {
        BatchBuffer buffer = _buffers[index % _buffers.Length];
        int start = index * BatchSize;
        int count = Math.Min(BatchSize, _order.Length - start);
        buffer.Gather(_order.AsSpan(start, count));
        // Another seed than that of the order, so that the two have nothing to do with each other.
        ulong own = unchecked((ulong)_changes.Seed ^ AugmentationKey);
        long step = _changes.FirstStep + index;
        for (int i = 0; i < count && _changes.Augmentation is not null; i++)
        {
            SplitMix64 random = new(own, stream: unchecked((ulong)(step * BatchSize + i)));
            _changes.Augmentation.Apply(buffer.InputsOf(i), _changes.Network!, ref random);
        }
        if (_mixUp > 0)
        {
            MixUp.Apply(buffer, _first, _mixUp, ~own, step);
        }
    }

    /// <summary>The first batch of the first epoch, as a data set of its own.</summary>
    internal static Dataset FirstBatch(Dataset data, int batchSize, long seed)
    {
        BatchSampler sampler = new(data, batchSize);
        sampler.Epoch(seed, 0);
        return data.Select(sampler._order.AsSpan(0, sampler.BatchSize));
    }

    /// <summary>How samples are changed before they are learned.</summary>
    /// <param name="Augmentation">Changes each sample; null for not at all.</param>
    /// <param name="Network">Who learns them.</param>
    /// <param name="Seed">Decides the random numbers.</param>
    /// <param name="FirstStep">The step that learns the first batch.</param>
    internal readonly record struct Changes(IAugmentation? Augmentation, NetworkInfo? Network, long Seed, long FirstStep);

    /// <summary>The batches of one epoch, for <c>foreach</c>.</summary>
    public ref struct BatchEnumerator
    {
        private readonly BatchSampler _sampler;
        private int _next;

        internal BatchEnumerator(BatchSampler sampler, int first) => (_sampler, _next) = (sampler, first);

        /// <summary>The batch that <see cref="MoveNext"/> took.</summary>
        public Batch Current { get; private set; }

        /// <summary>Goes to the next batch.</summary>
        /// <returns>Whether there was one.</returns>
        public bool MoveNext()
        {
            if (_next == _sampler.BatchesPerEpoch)
            {
                return false;
            }
            Current = _sampler.Take(_next++);
            return true;
        }

        /// <summary>Itself: an epoch is gone through once.</summary>
        public readonly BatchEnumerator GetEnumerator() => this;
    }
}
