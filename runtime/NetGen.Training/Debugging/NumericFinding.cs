using System.Globalization;

namespace NetGen.Training;

/// <summary>Where numbers are not finite.</summary>
public enum NumericPlace
{
    /// <summary>The samples of the batch.</summary>
    Input,

    /// <summary>The targets of the batch.</summary>
    Target,

    /// <summary>A parameter, before anything was computed: the step before has spoiled it.</summary>
    Parameter,

    /// <summary>A tensor of state, such as a running variance.</summary>
    State,

    /// <summary>The output of a layer.</summary>
    Output,

    /// <summary>The loss, of outputs that are all finite.</summary>
    Loss,

    /// <summary>The gradient of a parameter.</summary>
    Gradient,
}

/// <summary>The first numbers of a network that are NaN or infinite.</summary>
/// <param name="Place">Where they are.</param>
/// <param name="Name">The layer, or the parameter or tensor of state.</param>
/// <param name="Value">The first of them.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Total">Of how many numbers.</param>
/// <param name="Sample">The sample of the batch that has the first; null where numbers belong to no sample.</param>
public sealed record NumericFinding(NumericPlace Place, string Name, float Value, int Count, int Total, int? Sample)
{
    /// <summary>Layers before <see cref="Name"/> whose own outputs were not kept, so that one of them may have made the numbers.</summary>
    public IReadOnlyList<string> Unseen { get; init; } = [];

    /// <summary>The finding as a sentence.</summary>
    public override string ToString()
    {
        string what = Place switch
        {
            NumericPlace.Input => "the batch's inputs hold",
            NumericPlace.Target => "the batch's targets hold",
            NumericPlace.Parameter => $"before the batch, the parameter {Name} holds",
            NumericPlace.State => $"before the batch, the state {Name} holds",
            NumericPlace.Output => $"the output of {Name} holds",
            NumericPlace.Loss => "all outputs are finite, but the loss is",
            NumericPlace.Gradient => $"all outputs are finite, but the gradient of {Name} holds",
            _ => throw new InvalidOperationException($"Expected a place, got {Place}."),
        };
        string value = float.IsNaN(Value) ? "NaN" : Value > 0 ? "infinity" : "-infinity";
        string first = Sample is { } sample ? string.Create(CultureInfo.InvariantCulture, $", the first in sample {sample}") : "";
        string counted = Place == NumericPlace.Loss ? "" : string.Create(CultureInfo.InvariantCulture, $": {Count} of {Total} numbers{first}");
        string unseen = Unseen.Count == 0 ? "" : $"; it may come from {string.Join(" or ", Unseen)} before it, whose output is not kept";
        return $"{what} {value}{counted}{unseen}";
    }
}
