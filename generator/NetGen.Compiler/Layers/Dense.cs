using System;
using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary><c>y = x W + b</c> over the last axis.</summary>
internal sealed class Dense : LayerKind
{
    public override string Kind => "Dense";

    public override IReadOnlyList<string> Positional => ["units"];

    public override IReadOnlyList<string> TrainingOnly => ["init", "initScale"];

    public override IReadOnlyList<ArgumentSpec> Defaults => [new("bias", new([true]))];

    public override Node Lower(LayerContext context)
    {
        int units = context.Element.Int("units");
        context.Expect(units >= 1, "units", "of at least 1", units);
        Shape input = context.Input.Shape;
        if (input.Rank > 2)
        {
            throw context.Fail(IssueDescriptors.WantsFlat, null, context.Name, context.InputName, input.Describe(), $"{input.Count}");
        }

        Node weight = context.Parameter("weight", Shape.Of(units, input.Last), transposed: true, InitialWeight(context, fanIn: input.Last, fanOut: units));
        Node product = context.Add(new MatMul(MatMulForm.Product), context.Input, weight);
        if (!context.Element.Flag("bias", true))
        {
            return product;
        }
        Node bias = context.Parameter("bias", Shape.Of(units), transposed: false, new(InitializationKind.Constant, 0, ""));
        return context.Add(new Arithmetic(ArithmeticKind.Add, Axis: input.Rank - 1), product, bias);
    }

    private static Initialization InitialWeight(LayerContext context, int fanIn, int fanOut)
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
            bool beforeRectifier = context.Next is { } next && LayerTable.Find(next.Kind) is ActivationLayer { Function.IsRectifier: true };
            initializer = beforeRectifier ? "He" : "Glorot";
        }
        return initializer switch
        {
            "He" => Uniform(6.0 / fanIn, $"He: sqrt(6 / {fanIn})"),
            "Glorot" => Uniform(6.0 / ((double)fanIn + fanOut), $"Glorot: sqrt(6 / ({fanIn} + {fanOut}))"),
            "LeCun" => Uniform(3.0 / fanIn, $"LeCun: sqrt(3 / {fanIn})"),
            "Normal" => new(InitializationKind.Normal, context.Element.Float("initScale", 0.02f), "as given"),
            "Uniform" => new(InitializationKind.Uniform, context.Element.Float("initScale", 0.05f), "as given"),
            "Zeros" => new(InitializationKind.Constant, 0, ""),
            _ => throw context.Fail(IssueDescriptors.InvalidArgument, "init", context.Name, "init", "a member of Initializer", initializer),
        };
    }

    private static Initialization Uniform(double square, string formula) => new(InitializationKind.Uniform, (float)Math.Sqrt(square), formula);
}
