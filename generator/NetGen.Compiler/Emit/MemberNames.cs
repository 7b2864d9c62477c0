using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Emit;

/// <summary>What the public members of a generated class are called. C# allows no class to be called as one of its members.</summary>
public static class MemberNames
{
    private static readonly HashSet<string> OfEvery =
        ["InputSize", "OutputSize", "ParameterCount", "WorkspaceSize", "Info", "Summary", "Parameters", "State", "StepCount", "Predict", "PredictLogits", "VerifyEmbedded"];

    private static readonly HashSet<string> OfTrainable = ["Gradients", "Reserve", "Forward", "Backward", "TrainStep", "Evaluate", "FitPreprocessing"];

    private static readonly HashSet<string> OfStreaming = ["NewState", "Step", "StepInputSize", "StepOutputSize"];

    /// <summary>Whether a network has a member of that name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="trainable">Whether the network has a loss.</param>
    /// <param name="readsSequence">Whether its input is a sequence, which it may take step by step.</param>
    /// <param name="stateful">Whether it carries states from one batch to the next.</param>
    /// <param name="outputs">The names of the outputs that it declares.</param>
    public static bool Contain(string name, bool trainable, bool readsSequence, bool stateful, IEnumerable<string> outputs) =>
        OfEvery.Contains(name) || (trainable && OfTrainable.Contains(name)) || (readsSequence && OfStreaming.Contains(name)) || (stateful && name == "ResetStates")
        || OfOutputs(outputs).Contains(name);

    /// <summary>The member that says where each output stands: <c>digit</c> has <c>DigitRange</c>, and <c>Digit</c> after it <c>DigitRange2</c>.</summary>
    public static IReadOnlyList<string> OfOutputs(IEnumerable<string> outputs)
    {
        var taken = new HashSet<string>();
        return [.. outputs.Select(output => taken.Take($"{Names.Pascal(output)}Range", separator: ""))];
    }
}
