namespace NetGen;

/// <summary>What one step does to some parameters, as <see cref="Optimizer.Groups"/> and the defaults say.</summary>
/// <param name="LearningRate">How far it goes.</param>
/// <param name="WeightDecay">How much the parameters are drawn to zero.</param>
public readonly record struct ParameterSettings(float LearningRate, float WeightDecay);
