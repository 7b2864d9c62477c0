namespace NetGen.Allocation.Tests;

/// <summary>Numbers to compute with.</summary>
internal static class Numbers
{
    /// <summary>Different numbers between -1 and 1, always the same.</summary>
    public static float[] Of(int count) => [.. Enumerable.Range(0, count).Select(i => MathF.Sin(i * 1.7f))];

    /// <summary>Inputs of a network: numbers as above, and ids of its vocabularies.</summary>
    public static float[] Of(NetworkInfo info, int samples)
    {
        float[] ids = [.. info.Inputs.SelectMany(input => Enumerable.Repeat((float)input.Vocabulary, input.Shape.Count))];
        return [.. Of(samples * info.InputSize).Select((value, i) => ids[i % ids.Length] == 0 ? value : i % ids[i % ids.Length])];
    }
}
