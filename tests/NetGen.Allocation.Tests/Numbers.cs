namespace NetGen.Allocation.Tests;

/// <summary>Numbers to compute with.</summary>
internal static class Numbers
{
    /// <summary>Different numbers between -1 and 1, always the same.</summary>
    public static float[] Of(int count) => [.. Enumerable.Range(0, count).Select(i => MathF.Sin(i * 1.7f))];
}
