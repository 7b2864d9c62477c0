using System.Globalization;
using System.IO.Enumeration;

namespace NetGen;

/// <summary>
/// Parameters that an optimizer treats in their own way, by their names. A parameter belongs to the first group of <see cref="Optimizer.Groups"/>
/// that has a pattern for it. Each pattern must be of some parameter: the first step throws otherwise.
/// </summary>
/// <example>
/// <code>
/// var adam = new AdamW(1e-3f) { Groups = [new("embedding1") { Frozen = true }, new("*.bias") { LearningRateFactor = 2 }] };
/// </code>
/// </example>
public sealed class ParameterGroup
{
    /// <summary>Creates a group.</summary>
    /// <param name="patterns">
    /// Names of parameters or of what they belong to: <c>dense1.weight</c>, <c>dense1</c>, <c>res1</c>; <c>*</c> stands for any characters, <c>?</c> for one.
    /// </param>
    /// <exception cref="ArgumentException">There is none, or one is empty.</exception>
    public ParameterGroup(params string[] patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        if (patterns.Length == 0 || patterns.Any(string.IsNullOrWhiteSpace))
        {
            throw new ArgumentException(
                "Expected the name of a parameter or layer at least, such as \"dense1\", or a pattern, such as \"*.bias\"; got none, or an empty one.",
                nameof(patterns));
        }
        Patterns = [.. patterns];
    }

    /// <summary>Names of parameters or of what they belong to.</summary>
    public IReadOnlyList<string> Patterns { get; }

    /// <summary>Whether the parameters stay as they are. What a batch norm counts while it trains is no parameter and goes on.</summary>
    public bool Frozen { get; init; }

    /// <summary>The learning rate of these parameters as a multiple of <see cref="Optimizer.LearningRate"/>: finite, at least 0; 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float LearningRateFactor { get; init => field = Optimizer.NotNegative(value); } = 1;

    /// <summary>In the place of <see cref="Optimizer.WeightDecay"/>, for biases and norms too; null, the default, leaves that as it is. Finite, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float? WeightDecay { get; init => field = value is { } given ? Optimizer.NotNegative(given) : null; }

    /// <summary>In the place of <see cref="Optimizer.L1Penalty"/>, for biases and norms too; null, the default, leaves that as it is. Finite, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float? L1Penalty { get; init => field = value is { } given ? Optimizer.NotNegative(given) : null; }

    /// <summary>The patterns and what differs from the defaults: <c>dense1, *.bias: LearningRateFactor 2, WeightDecay 0</c>.</summary>
    public override string ToString()
    {
        List<string> settings = [];
        if (Frozen) settings.Add(nameof(Frozen));
        if (LearningRateFactor != 1) settings.Add(string.Create(CultureInfo.InvariantCulture, $"{nameof(LearningRateFactor)} {LearningRateFactor}"));
        if (WeightDecay is { } decay) settings.Add(string.Create(CultureInfo.InvariantCulture, $"{nameof(WeightDecay)} {decay}"));
        if (L1Penalty is { } penalty) settings.Add(string.Create(CultureInfo.InvariantCulture, $"{nameof(L1Penalty)} {penalty}"));
        return $"{string.Join(", ", Patterns)}: {string.Join(", ", settings)}";
    }

    internal bool Has(string parameter) => Patterns.Any(pattern => Matches(pattern, parameter));

    /// <summary>Whether a pattern is of a parameter's whole name, or of what it belongs to.</summary>
    internal static bool Matches(string pattern, string parameter)
    {
        for (int end = parameter.Length; end > 0; end = parameter.LastIndexOf('.', end - 1))
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, parameter.AsSpan(0, end), ignoreCase: false)) return true;
        }
        return false;
    }
}
