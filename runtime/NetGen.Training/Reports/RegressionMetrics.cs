namespace NetGen.Training;

/// <summary>How well one target <c>y</c> is predicted by <c>p</c>, or all of them on average.</summary>
/// <param name="Name">The target's name, or <c>mean</c>.</param>
/// <param name="MeanAbsoluteError"><c>mean |p - y|</c>, in the target's unit.</param>
/// <param name="RootMeanSquaredError"><c>sqrt(mean (p - y)^2)</c>, in the target's unit.</param>
/// <param name="R2">
/// <c>1 - sum (p - y)^2 / sum (y - mean y)^2</c>: 1 is perfect, 0 as good as always predicting the mean. For a target that never changes,
/// 1 when predicted exactly and else 0; not a number of a single sample, as in scikit-learn.
/// </param>
public sealed record RegressionMetrics(string Name, double MeanAbsoluteError, double RootMeanSquaredError, double R2);
