namespace NetGen.Training;

/// <summary>
/// Falls by a factor when the loss has not become better for some epochs: PyTorch's <c>ReduceLROnPlateau</c>. The loss is that of the validation part, or, without one, of the training.
/// A loss is better that is below <c>(1 - Threshold) best</c>; one that is not a number is not.
/// </summary>
/// <param name="factor">Above 0 and below 1; 0.1 by default.</param>
/// <param name="patience">Epochs in a row that may pass without a better loss, at least 0; 10 by default.</param>
/// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
public sealed class ReduceOnPlateau(double factor = 0.1, int patience = 10) : Schedule
{
    private const int Rate = 0, Best = 1, Bad = 2, Resting = 3;

    private readonly double _factor = Setting.Factor(factor);
    private readonly double _patience = Setting.That(patience >= 0, patience, "at least 0", nameof(patience));
    private readonly double[] _state = [1, double.PositiveInfinity, 0, 0];

    /// <summary>A loss is better when it is below the best one by this share of it, 0 to 1; 1e-4 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Threshold { get; init => field = Setting.ZeroToOne(value); } = 1e-4;

    /// <summary>Epochs after a fall that do not count, at least 0; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int Cooldown { get; init => field = Setting.That(value >= 0, value, "at least 0"); }

    /// <summary>The smallest factor that it falls to, 0 to 1; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Least { get; init => field = Setting.ZeroToOne(value); }

    /// <summary>The factor, the best loss, the epochs since then, and those that are still left out.</summary>
    public override Span<double> State => _state;

    /// <inheritdoc/>
    public override void Begin() => (_state[Rate], _state[Best], _state[Bad], _state[Resting]) = (1, double.PositiveInfinity, 0, 0);

    /// <inheritdoc/>
    public override double Factor(in TrainingProgress progress) => _state[Rate];

    /// <inheritdoc/>
    public override void EndEpoch(in EpochResult result)
    {
        double loss = result.ValidationLoss ?? result.TrainingLoss;
        bool better = loss < _state[Best] * (1 - Threshold);
        _state[Best] = better ? loss : _state[Best];
        _state[Bad] = better ? 0 : _state[Bad] + 1;
        if (_state[Resting] > 0)
        {
            _state[Resting]--;
            _state[Bad] = 0;
        }
        if (_state[Bad] > _patience)
        {
            _state[Rate] = Math.Max(Least, _state[Rate] * _factor);
            (_state[Resting], _state[Bad]) = (Cooldown, 0);
        }
    }

    /// <summary>The settings: <c>ReduceOnPlateau(factor 0.1, patience 10, Threshold 0.0001, Cooldown 0, Least 0)</c>.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"ReduceOnPlateau(factor {_factor}, patience {_patience}, Threshold {Threshold}, Cooldown {Cooldown}, Least {Least})");
}
