namespace NetGen.Training;

/// <summary>How the numbers of all classes become one.</summary>
public enum ClassAverage
{
    /// <summary>Their mean, each class counting once, those without samples included.</summary>
    Macro,

    /// <summary>Their mean, each class counting as often as it has samples.</summary>
    Weighted,

    /// <summary>The number of all classes' decisions together; where every sample has one class, the accuracy.</summary>
    Micro,
}
