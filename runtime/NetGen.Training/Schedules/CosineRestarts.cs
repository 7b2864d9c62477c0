namespace NetGen.Training;

/// <summary>
/// <see cref="CosineDecay"/> again and again, <c>Least + (1 - Least) (1 + cos(pi cycle)) / 2</c> with the share of the cycle that is done, each <c>growth</c> times as long as the one
/// before: PyTorch's <c>CosineAnnealingWarmRestarts</c> with <c>T_0 = first</c> x all steps and
/// <c>T_mult = growth</c>. Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts" (2017).
/// </summary>
/// <param name="first">The first cycle's share of the training, above 0 and below 1: a seventh with a growth of 2 makes three whole cycles.</param>
/// <param name="growth">At least 1; 1 by default.</param>
/// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
public sealed class CosineRestarts(double first, double growth = 1) : Schedule
{
    private readonly double _first = Setting.Share(first);
    private readonly double _growth = Setting.That(growth >= 1 && double.IsFinite(growth), growth, "a finite number of at least 1", nameof(growth));

    /// <summary>The factor at the end of each cycle, 0 to 1; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Least { get; init => field = Setting.ZeroToOne(value); }

    /// <inheritdoc/>
    public override double Factor(in TrainingProgress progress)
    {
        double begin = 0, length = _first;
        while (progress.Done + Rounding >= begin + length)
        {
            begin += length;
            length *= _growth;
        }
        double cycle = Math.Max(0, progress.Done - begin) / length;
        return Least + ((1 - Least) * (1 + Math.Cos(Math.PI * cycle)) / 2);
    }

    /// <summary>The settings: <c>CosineRestarts(first 0.25, growth 1, Least 0)</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"CosineRestarts(first {_first}, growth {_growth}, Least {Least})");
}
