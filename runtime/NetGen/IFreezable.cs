namespace NetGen;

/// <summary>A network that knows what it is with fixed parameters. Every class marked <c>[Network]</c> implements it.</summary>
public interface IFreezable : IPredictor
{
    /// <summary>What <see cref="Freeze"/> writes.</summary>
    FrozenForm FrozenForm { get; }

    /// <summary>
    /// Computes what a network of these layers with fixed parameters reads: parameters and state as they are now, with norms and standardisations folded into the weights around them.
    /// </summary>
    /// <param name="destination">As many zeros as <see cref="FrozenForm.Length"/> says.</param>
    void Freeze(Span<float> destination);
}

/// <summary>The form of a network's fixed parameters.</summary>
/// <param name="PlanHash">A hash of all that gives the numbers their meaning: layers, what is folded into what, and the order in memory.</param>
/// <param name="Length">How many floats they are, with gaps for alignment.</param>
public sealed record FrozenForm(string PlanHash, int Length);
