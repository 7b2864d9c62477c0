namespace NetGen.Training;

/// <summary>Falls by the same factor with each step, to <c>last</c> at the end, <c>last^done</c>: PyTorch's <c>ExponentialLR</c> with <c>gamma = last^(1 / all steps)</c>.</summary>
/// <param name="last">The factor at the end, above 0 and below 1; 0.01 by default.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="last"/> is out of range.</exception>
public sealed class ExponentialDecay(double last = 0.01) : Schedule
{
    private readonly double _last = Setting.Factor(last);

    /// <inheritdoc/>
    public override double Factor(in TrainingProgress progress) => Math.Pow(_last, progress.Done);

    /// <summary>The settings: <c>ExponentialDecay(last 0.01)</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"ExponentialDecay(last {_last})");
}
