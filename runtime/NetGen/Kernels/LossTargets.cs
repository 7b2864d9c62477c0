using System.ComponentModel;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>What a classification should have said: the right class of each row, or the probabilities of all classes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct LossTargets
{
    /// <summary>Targets that are class indices, range-checked before.</summary>
    public LossTargets(ReadOnlySpan<int> classes) => Classes = classes;

    /// <summary>Targets that are probabilities.</summary>
    public LossTargets(ReadOnlySpan<float> probabilities) => Probabilities = probabilities;

    /// <summary>Targets as the arena keeps them: room for <c>[rows, width]</c> floats that hold probabilities, or in front <c>[rows]</c> class indices as ints.</summary>
    /// <param name="targets">The room, <c>rows * width</c> floats.</param>
    /// <param name="areClasses">Whether it holds class indices.</param>
    /// <param name="width">Number of classes.</param>
    public static LossTargets From(ReadOnlySpan<float> targets, bool areClasses, int width) =>
        areClasses ? new(MemoryMarshal.Cast<float, int>(targets)[..(targets.Length / width)]) : new(targets);

    /// <summary><c>[rows]</c>: the index of the right class. Empty when there are <see cref="Probabilities"/>.</summary>
    public ReadOnlySpan<int> Classes { get; }

    /// <summary><c>[rows, width]</c>: the probability of each class. Empty when there are <see cref="Classes"/>.</summary>
    public ReadOnlySpan<float> Probabilities { get; }
}
