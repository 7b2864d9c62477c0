using System;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Passes;

/// <summary>How many samples Predict takes at a time.</summary>
/// <param name="Samples">At most.</param>
/// <param name="Reason">Why so many.</param>
internal sealed record PredictionBlock(int Samples, string Reason)
{
    /// <summary>Half of a 512 KiB second-level cache, the smallest that current desktop and server processors have.</summary>
    private const int CacheFloats = 64 * 1024;

    /// <summary>Rows beyond these gain nothing.</summary>
    private const int Largest = 256;

    /// <summary>A recurrence multiplies one row a sample by the same weights in each step. Fewer rows read weights more often than they use them.</summary>
    private const int RowsOfRecurrence = 16;

    /// <summary>As many as keep the workspace in the cache, at least 1; of recurrences at least 16, whose weights are read again for each step.</summary>
    public static PredictionBlock For(Graph graph, Size workspace)
    {
        int fitting = workspace.PerSample == 0 ? Largest : Math.Max(1, Math.Min(Largest, CacheFloats / workspace.PerSample));
        return fitting < RowsOfRecurrence && graph.Nodes.Any(node => node.Op is Scan)
            ? new(RowsOfRecurrence, "samples at a time, so that each step of the recurrence has rows enough for its weights")
            : new(fitting, "samples at a time, so that the workspace stays in cache");
    }
}
