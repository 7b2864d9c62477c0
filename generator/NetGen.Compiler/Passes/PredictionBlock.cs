using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Passes;

/// <summary>How many samples Predict takes at a time.</summary>
internal static class PredictionBlock
{
    /// <summary>Half of a 512 KiB second-level cache, the smallest that current desktop and server processors have.</summary>
    private const int CacheFloats = 64 * 1024;

    private const int Largest = 256;

    /// <summary>As many as keep the workspace in the cache, at least 1; rows beyond the largest block gain nothing.</summary>
    public static int SamplesFor(Size workspace) => workspace.PerSample == 0 ? Largest : System.Math.Max(1, System.Math.Min(Largest, CacheFloats / workspace.PerSample));
}
