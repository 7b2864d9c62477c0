using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>What a classification should have said: the right class of each row, or the probabilities of all classes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct LossTargets
{
    /// <summary>Targets that are class indices, range-checked before.</summary>
    public LossTargets(ReadOnlySpan<int> classes) => Classes = classes;

    /// <summary>Targets that are probabilities.</summary>
    public LossTargets(ReadOnlySpan<float> probabilities) => Probabilities = probabilities;

    /// <summary><c>[rows]</c>: the index of the right class. Empty when there are <see cref="Probabilities"/>.</summary>
    public ReadOnlySpan<int> Classes { get; }

    /// <summary><c>[rows, width]</c>: the probability of each class. Empty when there are <see cref="Classes"/>.</summary>
    public ReadOnlySpan<float> Probabilities { get; }
}
