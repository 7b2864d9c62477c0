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

    public override IReadOnlyList<string> TrainingOnly => WeightInitialization.Arguments;

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

        Node weight = context.Parameter(
            "weight", Shape.Of(units, input.Last), WeightInitialization.Of(context, fanIn: input.Last, fanOut: units),
            Shape.Of(input.Last, units), TensorLayout.Transposed(units, input.Last));
        Node product = context.Add(new MatMul(MatMulForm.Product), context.Input, weight);
        if (!context.Element.Flag("bias", true))
        {
            return product;
        }
        Node bias = context.Parameter("bias", Shape.Of(units), Initialization.Zeros);
        return context.Add(new Arithmetic(ArithmeticKind.Add, Axis: input.Rank - 1), product, bias);
    }
}
