namespace NetGen.Training;

/// <summary>
/// Falls to <see cref="Least"/> along a power, <c>Least + (1 - Least) (1 - done)^power</c>, a straight line by default: PyTorch's <c>PolynomialLR</c> with <c>total_iters</c> = all steps.
/// </summary>
/// <param name="power">Finite, above 0; 1 by default.</param>
/// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
public sealed class PolynomialDecay(double power = 1) : Schedule
{
    private readonly double _power = Setting.That(power > 0 && double.IsFinite(power), power, "a finite number above 0", nameof(power));

    /// <summary>The factor at the end, 0 to 1; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Least { get; init => field = Setting.ZeroToOne(value); }

    /// <inheritdoc/>
    public override double Factor(in TrainingProgress progress) => Least + ((1 - Least) * Math.Pow(1 - progress.Done, _power));

    /// <summary>The settings: <c>PolynomialDecay(power 1, Least 0)</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"PolynomialDecay(power {_power}, Least {Least})");
}
