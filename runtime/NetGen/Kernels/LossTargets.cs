using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>What a classification should have said: the right class of each row, or the probabilities of all classes.</summary>
/// <param name="rows"><c>[rows, width]</c> floats: probabilities, or the bits of the right class's index in the first float of each row.</param>
/// <param name="areClasses">Which of the two.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct LossTargets(ReadOnlySpan<float> rows, bool areClasses)
{
    /// <summary><c>[rows, width]</c>.</summary>
    public ReadOnlySpan<float> Rows { get; } = rows;

    /// <summary>Whether a row holds the index of the right class, range-checked before.</summary>
    public bool AreClasses { get; } = areClasses;

    /// <summary>The right class of a row.</summary>
    public int Class(int row, int width) => BitConverter.SingleToInt32Bits(Rows[row * width]);
}
