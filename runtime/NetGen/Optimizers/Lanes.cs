using System.Numerics;

namespace NetGen;

/// <summary>Vectors of a span whose last one may be partial, so that a loop over a span has one body and no tail.</summary>
internal static class Lanes
{
    /// <summary>The elements from <paramref name="start"/>; zero beyond the end of the span.</summary>
    public static Vector<float> Load(ReadOnlySpan<float> values, int start)
    {
        ReadOnlySpan<float> rest = values[start..];
        return rest.Length >= Vector<float>.Count ? new Vector<float>(rest) : LoadPart(rest);
    }

    /// <summary>Writes the elements from <paramref name="start"/> that lie within the span.</summary>
    public static void Store(Vector<float> vector, Span<float> values, int start)
    {
        Span<float> rest = values[start..];
        if (rest.Length >= Vector<float>.Count)
        {
            vector.CopyTo(rest);
        }
        else
        {
            StorePart(vector, rest);
        }
    }

    private static Vector<float> LoadPart(ReadOnlySpan<float> values)
    {
        Vector<float> vector = default;
        for (int i = 0; i < values.Length; i++)
        {
            vector = vector.WithElement(i, values[i]);
        }
        return vector;
    }

    private static void StorePart(Vector<float> vector, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = vector[i];
        }
    }
}
