namespace NetGen.Training;

/// <summary>
/// Falls from 1 to <see cref="Least"/> along half a cosine, <c>Least + (1 - Least) (1 + cos(pi done)) / 2</c>: PyTorch's <c>CosineAnnealingLR</c>
/// with <c>T_max</c> = all steps. Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts" (2017).
/// </summary>
public sealed class CosineDecay : Schedule
{
    /// <summary>The factor at the end, 0 to 1; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Least { get; init => field = Setting.ZeroToOne(value); }

    /// <inheritdoc/>
    public override double Factor(in TrainingProgress progress) => Least + (1 - Least) * (1 + Math.Cos(Math.PI * progress.Done)) / 2;

    /// <summary>The settings: <c>CosineDecay(Least 0)</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"CosineDecay(Least {Least})");
}
