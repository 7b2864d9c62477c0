namespace NetGen;

/// <summary>Samples with their targets, as a network trains on them: views of the caller's memory, nothing is copied.</summary>
public readonly ref struct Batch
{
    /// <summary>Number of samples.</summary>
    public required int Count { get; init; }

    /// <summary><c>[Count, InputSize]</c>: one row a sample, all inputs of a sample in order of declaration.</summary>
    public required ReadOnlySpan<float> Inputs { get; init; }

    /// <summary>
    /// <c>[Count, OutputSize]</c>: what the output should be; of several outputs, a row of all in order of declaration, with a probability for each class where one classifies. With
    /// <see cref="LossKind.Contrastive"/> one number a sample, with <see cref="LossKind.Triplet"/> none: <see cref="NetworkInfo.TargetSize"/>. Empty where <see cref="Classes"/> are given.
    /// </summary>
    public ReadOnlySpan<float> Targets { get; init; }

    /// <summary><c>[Count]</c>, or <c>[Count, time]</c> for sequences: the index of the right class, for networks of one output. Empty where <see cref="Targets"/> are given.</summary>
    public ReadOnlySpan<int> Classes { get; init; }

    /// <summary>
    /// <c>[Count]</c>: how many time steps of each sequence are real; the loss, recurrences, attention and what is made of all steps leave the rest out. Empty when all
    /// are.
    /// </summary>
    public ReadOnlySpan<int> Lengths { get; init; }

    /// <summary><c>[Count]</c>: how much each sample counts in the loss, at least 0. Empty when all count 1.</summary>
    public ReadOnlySpan<float> Weights { get; init; }
}
