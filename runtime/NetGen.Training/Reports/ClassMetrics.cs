namespace NetGen.Training;

/// <summary>How well one class is recognised, or all of them on average. A quotient whose denominator is 0 counts as 0.</summary>
/// <param name="Name">The class's name, or <c>macro avg</c> or <c>weighted avg</c>.</param>
/// <param name="Precision"><c>TP / (TP + FP)</c>: of the samples taken for this class, the share that belong to it.</param>
/// <param name="Recall"><c>TP / (TP + FN)</c>: of the samples of this class, the share that were recognised.</param>
/// <param name="F1"><c>2 TP / (2 TP + FP + FN)</c>: the harmonic mean of both.</param>
/// <param name="Support">Samples of this class.</param>
public sealed record ClassMetrics(string Name, double Precision, double Recall, double F1, long Support);
