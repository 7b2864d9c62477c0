using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>How the weight of a layer starts: the arguments <c>Init</c> and <c>InitScale</c>.</summary>
internal static class WeightInitialization
{
    public static IReadOnlyList<string> Arguments { get; } = ["init", "initScale"];

    /// <param name="context">The layer.</param>
    /// <param name="fanIn">Inputs that one output reads.</param>
    /// <param name="fanOut">Outputs that read one input.</param>
    public static Initialization Of(LayerContext context, int fanIn, int fanOut)
    {
        string initializer = context.Element.Text("init") ?? "Default";
        if (context.Element.Has("initScale"))
        {
            float given = context.Element.Float("initScale", 0);
            context.Expect(given > 0 && !float.IsInfinity(given), "initScale", "above 0", given);
            if (initializer is not ("Normal" or "Uniform"))
            {
                throw context.Fail(
                    IssueDescriptors.ConflictingArguments, "initScale", context.Name, $"InitScale belongs to Initializer.Normal and Initializer.Uniform, not {initializer}; leave it out");
            }
        }
        if (initializer == "Default")
        {
            LayerKind? next = context.Following.Select(element => LayerTable.Find(element.Kind)).FirstOrDefault(kind => kind is not { KeepsSigns: true });
            bool beforeRectifier = next is ActivationLayer { Function.IsRectifier: true } or CustomActivation;
            initializer = beforeRectifier ? "He" : "Glorot";
        }
        return initializer switch
        {
            "He" => Uniform(6.0 / fanIn, $"He: sqrt(6 / {fanIn})"),
            "Glorot" => Uniform(6.0 / ((double)fanIn + fanOut), $"Glorot: sqrt(6 / ({fanIn} + {fanOut}))"),
            "LeCun" => Uniform(3.0 / fanIn, $"LeCun: sqrt(3 / {fanIn})"),
            "Normal" => new(InitializationKind.Normal, context.Element.Float("initScale", 0.02f), "as given"),
            "Uniform" => new(InitializationKind.Uniform, context.Element.Float("initScale", 0.05f), "as given"),
            "Zeros" => Initialization.Zeros,
            _ => throw context.Fail(IssueDescriptors.InvalidArgument, "init", context.Name, "init", "a member of Initializer", initializer),
        };
    }

    private static Initialization Uniform(double square, string formula) => new(InitializationKind.Uniform, (float)Math.Sqrt(square), formula);
}
