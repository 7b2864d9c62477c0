using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>What a prediction of many samples computes with: the same for all workers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct PredictionPass
{
    /// <summary>Number of samples.</summary>
    public required int Samples { get; init; }

    /// <summary>The flat buffer of parameters.</summary>
    public required ReadOnlySpan<float> Parameters { get; init; }

    /// <summary>The flat buffer of state.</summary>
    public required ReadOnlySpan<float> State { get; init; }

    /// <summary><c>[Samples, InputSize]</c>.</summary>
    public required ReadOnlySpan<float> Input { get; init; }

    /// <summary><c>[Samples]</c>: how many steps of each sequence are real; empty where all are.</summary>
    public ReadOnlySpan<int> Lengths { get; init; }

    /// <summary><c>[Samples, OutputSize]</c>.</summary>
    public required Span<float> Output { get; init; }
}
