namespace NetGen;

/// <summary>What the class of a network is for.</summary>
public enum NetworkMode
{
    /// <summary>Training, saving, loading and prediction.</summary>
    Training,

    /// <summary>
    /// Prediction with parameters that are fixed, from the file that <see cref="WeightsAttribute"/> names. The class has no code to train, save and load, and no more memory than it
    /// predicts with: dropout is gone, batch norms and standardisations are folded into the weights around them, and parameters that no output depends on are left out. All instances
    /// share one copy of the parameters.
    /// </summary>
    Inference,
}
