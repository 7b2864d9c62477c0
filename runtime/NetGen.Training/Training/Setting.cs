using System.Runtime.CompilerServices;

namespace NetGen.Training;

/// <summary>Checks settings, and says in every culture alike what was expected.</summary>
internal static class Setting
{
    /// <summary>A number from 0 to 1.</summary>
    public static double ZeroToOne(double value, [CallerMemberName] string setting = "") => That(value is >= 0 and <= 1, value, "0 to 1", setting);

    /// <summary>A share of a training that leaves something before and after it.</summary>
    public static double Share(double value, [CallerArgumentExpression(nameof(value))] string setting = "") => That(value is > 0 and < 1, value, "a share above 0 and below 1", setting);

    /// <summary>A factor that changes something and leaves something.</summary>
    public static double Factor(double value, [CallerArgumentExpression(nameof(value))] string setting = "") => That(value is > 0 and < 1, value, "a factor above 0 and below 1", setting);

    /// <summary>What is as expected.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static T That<T>(bool condition, T value, string expectation, [CallerMemberName] string setting = "") => condition
        ? value
        : throw new ArgumentOutOfRangeException(setting, FormattableString.Invariant($"{setting}: expected {expectation}, got {value}."));
}
