using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetGen.Training;

/// <summary>What <see cref="Trainer{TNetwork}.Metrics"/> came to over the validation part, by their names; in logs of JSON an object.</summary>
[JsonConverter(typeof(MetricValuesConverter))]
public readonly struct MetricValues : IReadOnlyCollection<KeyValuePair<string, double>>, IEquatable<MetricValues>
{
    private readonly string[]? _names;
    private readonly double[]? _values;

    /// <summary>Takes over both, which are as long.</summary>
    internal MetricValues(string[] names, double[] values) => (_names, _values) = (names, values);

    /// <summary>How many there are.</summary>
    public int Count => _names?.Length ?? 0;

    /// <summary>The names, in the order of <see cref="Trainer{TNetwork}.Metrics"/>.</summary>
    public IReadOnlyList<string> Names => _names ?? [];

    /// <summary>The value of a metric; not a number where the network gave outputs that were none.</summary>
    /// <param name="name">Its <see cref="IMetric.Name"/>.</param>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public double this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            int index = Array.IndexOf(_names ?? [], name);
            return index >= 0
                ? _values![index]
                : throw new KeyNotFoundException($"Expected the name of a metric, got '{name}'. {(Count == 0 ? "Trainer.Metrics had none" : $"There are {string.Join(", ", Names)}")}.");
        }
    }

    /// <summary>Whether two have the same values by the same names.</summary>
    public static bool operator ==(MetricValues left, MetricValues right) => left.Equals(right);

    /// <summary>Whether two have other values or names.</summary>
    public static bool operator !=(MetricValues left, MetricValues right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(MetricValues other) => _names.AsSpan().SequenceEqual(other._names) && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MetricValues other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Count == 0 ? 0 : HashCode.Combine(Count, _names![0], _values![0]);

    /// <summary>The values with their names, in order.</summary>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return KeyValuePair.Create(_names![i], _values![i]);
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>An object with a number for each name; NaN and infinity are strings.</summary>
internal sealed class MetricValuesConverter : JsonConverter<MetricValues>
{
    public override MetricValues Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Expected an object of metrics.");
        }
        List<string> names = [];
        List<double> values = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            names.Add(reader.GetString()!);
            reader.Read();
            values.Add(reader.TokenType switch
            {
                JsonTokenType.Number => reader.GetDouble(),
                JsonTokenType.String when reader.GetString() is nameof(double.NaN) => double.NaN,
                JsonTokenType.String when reader.GetString() is "Infinity" => double.PositiveInfinity,
                JsonTokenType.String when reader.GetString() is "-Infinity" => double.NegativeInfinity,
                _ => throw new JsonException("Expected the number of a metric."),
            });
        }
        return names.Count == 0 ? default : new MetricValues([.. names], [.. values]);
    }

    public override void Write(Utf8JsonWriter writer, MetricValues value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach ((string name, double number) in value)
        {
            writer.WritePropertyName(name);
            if (double.IsFinite(number))
            {
                writer.WriteNumberValue(number);
            }
            else
            {
                writer.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
            }
        }
        writer.WriteEndObject();
    }
}
