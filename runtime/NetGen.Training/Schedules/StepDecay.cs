namespace NetGen.Training;

/// <summary>Falls by a factor after each of some equal parts of the training, <c>factor^floor(done parts)</c>: PyTorch's <c>StepLR</c> with <c>step_size</c> = all steps / parts.</summary>
/// <param name="parts">At least 2.</param>
/// <param name="factor">Above 0 and below 1; 0.1 by default.</param>
/// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
public sealed class StepDecay(int parts, double factor = 0.1) : Schedule
{
    private readonly double _parts = Setting.That(parts >= 2, parts, "at least 2", nameof(parts));
    private readonly double _factor = Setting.Factor(factor);

    /// <inheritdoc/>
    public override double Factor(in TrainingProgress progress) => Math.Pow(_factor, Math.Floor((progress.Done * _parts) + Rounding));

    /// <summary>The settings: <c>StepDecay(parts 3, factor 0.1)</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"StepDecay(parts {_parts}, factor {_factor})");
}
