using NetGen.CompilerServices;

namespace NetGen;

/// <content>What becomes of gradients before the update, and of parameters after it.</content>
public abstract partial class Optimizer
{
    /// <summary>Floats that are clipped, updated and averaged while they are in the first level of cache.</summary>
    private const int Block = 2048;

    private AlignedBuffer? _accumulated;
    private AlignedBuffer? _average;
    private long _accumulatedSteps;
    private long _averagedSteps;
    private float _scale = 1;
    private float _averageKept;
    private bool _isSwapped;

    /// <summary>Each element of a gradient is cut to at most this magnitude; null, the default, for any. Finite, above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float? ClipValue { get; init => field = value is { } given ? Positive(given) : null; }

    /// <summary>
    /// The gradients of all parameters that are not frozen are scaled, where their common norm is larger than this, so that it is this; null, the default, for any norm. Finite, above 0. As
    /// PyTorch's <c>clip_grad_norm_</c>. The norm is known when all gradients are, so a training step is then Forward, Backward and Step one after the other, also in
    /// <see cref="ITrainable.TrainStep"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float? ClipNorm { get; init => field = value is { } given ? Positive(given) : null; }

    /// <summary>
    /// Batches whose mean gradient makes one update, as a batch of as many times the samples would: at least 1, the default. The other steps only add
    /// up gradients, a training step being Forward, Backward and Step as with <see cref="ClipNorm"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int AccumulationSteps
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(AccumulationSteps));
            field = value;
        }
    } = 1;

    /// <summary>
    /// How slowly a running mean of the parameters changes, <c>a = AverageDecay a + (1 - AverageDecay) p</c> after each update, in [0, 1); 0, the
    /// default, keeps none. It starts at the parameters after the first update. The mean often predicts better than the last parameters:
    /// <see cref="SwapAverage"/> puts it into the network. State, such as a batch norm's running statistics, is not part of it. Polyak and Juditsky,
    /// "Acceleration of stochastic approximation by averaging" (1992).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float AverageDecay { get; init => field = BelowOne(value); }

    /// <summary>Exchanges the parameters of the network and their mean: before validating or saving, and once more before the next step.</summary>
    /// <exception cref="InvalidOperationException">There is no mean: <see cref="AverageDecay"/> is 0, or no update has been made.</exception>
    public void SwapAverage()
    {
        if (_averagedSteps == 0)
        {
            throw new InvalidOperationException(AverageDecay == 0
                ? $"This {GetType().Name} keeps no mean of the parameters. Set AverageDecay, such as to 0.999f."
                : $"This {GetType().Name} has made no update yet, so that there is no mean of the parameters.");
        }
        Span<float> parameters = _network!.Parameters, average = _average!.Span;
        for (int i = 0; i < parameters.Length; i++) (parameters[i], average[i]) = (average[i], parameters[i]);
        _isSwapped = !_isSwapped;
    }

    /// <summary>Whether a step needs all gradients before it changes any parameter.</summary>
    internal bool NeedsAllGradients => ClipNorm is not null || AccumulationSteps > 1;

    /// <summary>Updates a part of the parameters, of whatever groups, from gradients that may be changed.</summary>
    internal void UpdatePart(int start, Span<float> parameters, Span<float> gradients)
    {
        for (int at = 0; at < parameters.Length;)
        {
            int run = _runs!.IndexAt(start + at), count = Math.Min(_runs.EndOf(run) - start, parameters.Length) - at;
            ref readonly RunSettings settings = ref _runs.SettingsOf(run);
            if (!settings.Frozen) UpdateRun(start + at, parameters.Slice(at, count), gradients.Slice(at, count), settings);
            at += count;
        }
    }

    /// <summary>Whether nothing but the optimizer's own rule changes the parameters from a place on.</summary>
    private protected bool IsRuleAlone(int start)
    {
        ref readonly RunSettings settings = ref _runs!.SettingsOf(_runs.IndexAt(start));
        return !settings.Frozen && !Prepares(settings) && _average is null;
    }

    private bool Prepares(in RunSettings settings) => _scale != 1 || ClipValue is not null || settings.L1Penalty != 0;

    private void UpdateRun(int start, Span<float> parameters, Span<float> gradients, in RunSettings settings)
    {
        bool prepares = Prepares(settings);
        if (!prepares && _average is null)
        {
            Update(start, parameters, gradients);
            return;
        }
        PreparedGradient prepare = new(_scale, ClipValue ?? float.PositiveInfinity, settings.L1Penalty);
        for (int at = 0; at < parameters.Length; at += Block)
        {
            int count = Math.Min(Block, parameters.Length - at);
            Span<float> p = parameters.Slice(at, count), g = gradients.Slice(at, count);
            if (prepares) Simd.Run(new BinaryMap<PreparedGradient>(g, p, g, prepare));
            Update(start + at, p, g);
            if (_average is null) continue;
            Span<float> average = _average.Span.Slice(start + at, count);
            Simd.Run(new BinaryMap<RunningMean>(average, p, average, new(_averageKept)));
        }
    }

    /// <summary>Adds gradients to those before.</summary>
    /// <returns>Whether they are all there; the sum is then in <paramref name="gradients"/>.</returns>
    private bool Accumulate(Span<float> gradients)
    {
        Span<float> sum = (_accumulated ??= new(gradients.Length)).Span;
        if (++_accumulatedSteps < AccumulationSteps)
        {
            Elementwise.Add(sum, gradients, sum);
            return false;
        }
        Elementwise.Add(sum, gradients, gradients);
        sum.Clear();
        _accumulatedSteps = 0;
        return true;
    }

    private void LimitNorm(ReadOnlySpan<float> gradients)
    {
        if (ClipNorm is not { } most) return;
        double squares = 0;
        for (int run = 0, start = 0; run < _runs!.Count; start = _runs.EndOf(run), run++)
        {
            if (!_runs.SettingsOf(run).Frozen) Simd.Run(new SumOfSquaresKernel(gradients[start.._runs.EndOf(run)], ref squares));
        }
        double norm = Math.Sqrt(squares) * _scale;
        _scale *= (float)Math.Min(1, most / (norm + 1e-6));   // PyTorch's, its small number included
    }

    private void BeginAverage(ITrainable network)
    {
        if (AverageDecay == 0) return;
        _average ??= new(network.Parameters.Length);
        // Frozen parameters, which no update averages, are their own mean.
        if (_averagedSteps == 0) network.Parameters.CopyTo(_average.Span);
        _averageKept = _averagedSteps++ == 0 ? 0 : AverageDecay;
    }

    private void TransferAccumulated(OptimizerTransfer transfer)
    {
        if (AccumulationSteps == 1) return;
        transfer.Count("accumulatedSteps", ref _accumulatedSteps, most: AccumulationSteps - 1);
        transfer.Memory("accumulated", BufferFor(transfer, ref _accumulated));
    }

    private void TransferAverage(OptimizerTransfer transfer)
    {
        if (AverageDecay == 0) return;
        transfer.Count("averagedSteps", ref _averagedSteps);
        transfer.Memory("average", BufferFor(transfer, ref _average));
    }

    /// <summary>A buffer to save or to overwrite. A file that is only checked makes none.</summary>
    private static Span<float> BufferFor(OptimizerTransfer transfer, ref AlignedBuffer? buffer) =>
        transfer.OnlyChecks ? [] : (buffer ??= new(transfer.ParameterFloats)).Span;

    private void ExpectNotSwapped(string action)
    {
        if (_isSwapped)
        {
            throw new InvalidOperationException($"SwapAverage has put the mean of the parameters into {_network!.Info.Name}. Call it once more before {action}.");
        }
    }
}
