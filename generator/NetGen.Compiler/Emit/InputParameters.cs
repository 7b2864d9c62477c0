using System.Collections.Generic;
using System.Linq;

namespace NetGen.Compiler.Emit;

/// <summary>The parameters of the Predict that takes several inputs apart.</summary>
internal static class InputParameters
{
    /// <summary>What these methods themselves need.</summary>
    private static readonly string[] Taken =
        ["output", "workspace", "memory", "row", "samples", "loan", "InputSize", "WorkspaceSize", "Info", "Parameters", "State", "NetgenPredict"];

    /// <summary>A name for each input, as C# text: an input called <c>output</c> becomes <c>outputInput</c>, or longer where another has that name.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> inputs)
    {
        return [.. inputs.Select(Name)];

        string Name(string input)
        {
            string name = input;
            while (Taken.Contains(name) || (name != input && inputs.Contains(name)))
            {
                name += "Input";
            }
            return "@" + name;
        }
    }
}
