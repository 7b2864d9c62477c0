namespace NetGen.Training;

/// <summary>
/// Rises from <see cref="Start"/> to 1 along half a cosine, and falls along another one to <see cref="Least"/> at the last step,
/// <c>to + (from - to) (1 + cos(pi part)) / 2</c> each: PyTorch's <c>OneCycleLR</c> with the optimizer's rate as <c>max_lr</c>. Smith and Topin,
/// "Super-convergence: very fast training of neural networks using large learning rates" (2018).
/// </summary>
/// <param name="rise">The share of the training that rises, above 0 and below 1; 0.3 by default.</param>
/// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
public sealed class OneCycle(double rise = 0.3) : Schedule
{
    private readonly double _rise = Setting.Share(rise);

    /// <summary>The factor of the first step, 0 to 1; 0.04 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Start { get; init => field = Setting.ZeroToOne(value); } = 0.04;

    /// <summary>The factor of the last step, 0 to 1; 4e-6 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Least { get; init => field = Setting.ZeroToOne(value); } = 4e-6;

    /// <inheritdoc/>
    public override double Factor(in TrainingProgress progress)
    {
        // PyTorch's steps: the top is the last step that rises, and the last step of all is the end.
        double step = progress.Done * progress.Steps, top = (_rise * progress.Steps) - 1, end = progress.Steps - 1;
        return step < top ? Between(Start, 1, step / top) : Between(1, Least, Math.Min(1, (step - top) / (end - top)));
    }

    /// <summary>The settings: <c>OneCycle(rise 0.3, Start 0.04, Least 4E-06)</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"OneCycle(rise {_rise}, Start {Start}, Least {Least})");

    private static double Between(double from, double to, double share) => to + ((from - to) * (1 + Math.Cos(Math.PI * share)) / 2);
}
