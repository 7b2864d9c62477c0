using System.Globalization;

namespace NetGen.Training;

/// <summary>
/// Falls by a factor at some points of the training, <c>factor^k</c> once k of them are reached: PyTorch's <c>MultiStepLR</c> with <c>milestones</c> = these shares of all steps. At a
/// half and three quarters, by 0.1, is how residual networks were first trained (He et al. 2016).
/// </summary>
/// <param name="factor">Above 0 and below 1.</param>
/// <param name="at">Shares of the training, above 0 and below 1, each above the one before.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is out of range.</exception>
/// <exception cref="ArgumentNullException"><paramref name="at"/> is null.</exception>
/// <exception cref="ArgumentException"><paramref name="at"/> has none, or not such shares.</exception>
public sealed class MultiStepDecay(double factor, params double[] at) : Schedule
{
    private readonly double _factor = Setting.Factor(factor);
    private readonly double[] _at = CheckShares(at);

    /// <inheritdoc/>
    public override double Factor(in TrainingProgress progress)
    {
        double result = 1;
        foreach (double share in _at)
        {
            result *= progress.Done + Rounding >= share ? _factor : 1;
        }
        return result;
    }

    /// <summary>The settings: <c>MultiStepDecay(factor 0.1, at 0.5 0.75)</c>.</summary>
    public override string ToString()
    {
        string at = string.Join(" ", _at.Select(share => share.ToString(CultureInfo.InvariantCulture)));
        return FormattableString.Invariant($"MultiStepDecay(factor {_factor}, at {at})");
    }

    private static double[] CheckShares(double[] at)
    {
        ArgumentNullException.ThrowIfNull(at);
        for (int i = 0; i < at.Length; i++)
        {
            if (!(at[i] > (i == 0 ? 0 : at[i - 1]) && at[i] < 1))
            {
                throw new ArgumentException(FormattableString.Invariant($"Expected shares above 0 and below 1, each above the one before, got {string.Join(", ", at)}."), nameof(at));
            }
        }
        return at.Length > 0 ? [.. at] : throw new ArgumentException("Expected one share of the training at least, such as 0.5.", nameof(at));
    }
}
