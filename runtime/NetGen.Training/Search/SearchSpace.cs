using System.Globalization;

namespace NetGen.Training;

/// <summary>Which settings a <see cref="Search{TSettings}"/> tries: a settings object, and the dimensions along which it is changed.</summary>
/// <typeparam name="TSettings">Any type: a record is easy to change by <c>with</c>. A network class is a setting like any other, as a <c>Func&lt;long, ITrainable&gt;</c>.</typeparam>
/// <param name="start">What all trials have in common.</param>
/// <example><code>
/// var space = new SearchSpace&lt;Settings&gt;(new Settings())
///     .Choice("hidden", [16, 32, 64], (settings, value) => settings with { Hidden = value })
///     .Logarithmic("rate", 1e-4, 1e-1, (settings, value) => settings with { Rate = (float)value });
/// </code></example>
public sealed class SearchSpace<TSettings>(TSettings start)
{
    private readonly List<SearchDimension<TSettings>> _dimensions = [];

    /// <summary>What all trials have in common.</summary>
    public TSettings Start { get; } = start;

    internal IReadOnlyList<SearchDimension<TSettings>> Dimensions => _dimensions;

    /// <summary>Adds a dimension of some values, each equally likely.</summary>
    /// <param name="name">Its own among the dimensions.</param>
    /// <param name="values">At least one.</param>
    /// <param name="with">The settings with one of the values.</param>
    /// <param name="print">How a value is written into tables and files; by default as <see cref="object.ToString"/> has it.</param>
    /// <exception cref="ArgumentException">There are no values, or the name is taken.</exception>
    public SearchSpace<TSettings> Choice<T>(string name, IReadOnlyList<T> values, Func<TSettings, T, TSettings> with, Func<T, string>? print = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(with);
        if (values.Count == 0)
        {
            throw new ArgumentException($"Expected at least one value for {name}, got none.", nameof(values));
        }
        return Add(nameof(name), new SearchDimension<TSettings>(
            name,
            values.Count,
            place => Math.Min((int)(place * values.Count), values.Count - 1),
            value => values.Count == 1 ? 0.5 : value / (values.Count - 1),
            (settings, value) => with(settings, values[(int)value]),
            value => print is null ? string.Create(CultureInfo.InvariantCulture, $"{values[(int)value]}") : print(values[(int)value])));
    }

    /// <summary>Adds a dimension of numbers, each equally likely.</summary>
    /// <param name="name">Its own among the dimensions.</param>
    /// <param name="least">The smallest number.</param>
    /// <param name="most">The largest, above <paramref name="least"/>.</param>
    /// <param name="with">The settings with one of the numbers.</param>
    /// <exception cref="ArgumentException">The range is empty, or the name is taken.</exception>
    public SearchSpace<TSettings> Range(string name, double least, double most, Func<TSettings, double, TSettings> with)
    {
        ArgumentNullException.ThrowIfNull(with);
        CheckRange(name, least, most, double.NegativeInfinity);
        return Add(nameof(name), new SearchDimension<TSettings>(name, 0, place => least + place * (most - least), value => (value - least) / (most - least), with, PrintNumber));
    }

    /// <summary>Adds a dimension of numbers of which each order of magnitude is equally likely: learning rates, penalties.</summary>
    /// <param name="name">Its own among the dimensions.</param>
    /// <param name="least">The smallest number, above 0.</param>
    /// <param name="most">The largest, above <paramref name="least"/>.</param>
    /// <param name="with">The settings with one of the numbers.</param>
    /// <exception cref="ArgumentException">The range is empty or reaches 0, or the name is taken.</exception>
    public SearchSpace<TSettings> Logarithmic(string name, double least, double most, Func<TSettings, double, TSettings> with)
    {
        ArgumentNullException.ThrowIfNull(with);
        CheckRange(name, least, most, 0);
        return Add(nameof(name), new SearchDimension<TSettings>(name, 0, place => least * Math.Pow(most / least, place), value => Math.Log(value / least) / Math.Log(most / least), with, PrintNumber));
    }

    private static void CheckRange(string name, double least, double most, double above)
    {
        if (!(least > above && least < most && double.IsFinite(most)))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Expected a range of {(above == 0 ? "numbers above 0" : "numbers")} for {name}, got {least} to {most}."),
                nameof(least));
        }
    }

    private SearchSpace<TSettings> Add(string argument, SearchDimension<TSettings> dimension)
    {
        ArgumentException.ThrowIfNullOrEmpty(dimension.Name, argument);
        if (_dimensions.Exists(other => other.Name == dimension.Name))
        {
            throw new ArgumentException($"Expected dimensions of different names, got {dimension.Name} again.", argument);
        }
        _dimensions.Add(dimension);
        return this;
    }

    private static string PrintNumber(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}

/// <summary>One dimension of a search.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Choices">How many values it has; 0 where it is a range.</param>
/// <param name="At">The value at a place from 0 up to 1; the index of one of several.</param>
/// <param name="PlaceOf">Where a value lies between the first, 0, and the last, 1.</param>
/// <param name="With">The settings with a value.</param>
/// <param name="Print">A value as text.</param>
internal sealed record SearchDimension<TSettings>(
    string Name, int Choices, Func<double, double> At, Func<double, double> PlaceOf, Func<TSettings, double, TSettings> With, Func<double, string> Print);
