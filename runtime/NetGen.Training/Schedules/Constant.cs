namespace NetGen.Training;

/// <summary>One factor all the time, for what follows a <see cref="Warmup"/>: PyTorch's <c>ConstantLR</c>.</summary>
/// <param name="factor">Finite, at least 0; 1 by default.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is out of range.</exception>
public sealed class Constant(double factor = 1) : Schedule
{
    private readonly double _factor = Setting.That(factor >= 0 && double.IsFinite(factor), factor, "a finite number of at least 0", nameof(factor));

    /// <inheritdoc/>
    public override double Factor(in TrainingProgress progress) => _factor;

    /// <summary>The settings: <c>Constant(factor 1)</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"Constant(factor {_factor})");
}
