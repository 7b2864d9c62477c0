using System.Collections.Generic;

namespace NetGen.Compiler.Emit;

/// <summary>What the public members of a generated class are called. C# allows no class to be called as one of its members.</summary>
public static class MemberNames
{
    private static readonly HashSet<string> OfEvery =
        ["InputSize", "OutputSize", "ParameterCount", "WorkspaceSize", "Info", "Summary", "Parameters", "State", "Step", "Predict", "PredictLogits"];

    private static readonly HashSet<string> OfTrainable = ["Gradients", "Reserve", "Forward", "Backward", "TrainStep", "Evaluate", "FitPreprocessing"];

    /// <summary>Whether a network has a member of that name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="trainable">Whether the network has a loss.</param>
    public static bool Contain(string name, bool trainable) => OfEvery.Contains(name) || (trainable && OfTrainable.Contains(name));
}
