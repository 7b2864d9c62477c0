using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary><c>y = x</c>, or a fitted number where x is NaN. What reads it reads the input as declared, so that it can be scaled afterwards.</summary>
internal sealed class Impute : LayerKind
{
    public override string Kind => "Impute";

    public override IReadOnlyList<string> TrainingOnly => ["kind"];

    public override IReadOnlyList<ArgumentSpec> Defaults => [new("kind", new(["Mean"]))];

    public override Node Lower(LayerContext context)
    {
        InputSpec input = context.ExpectDirectInput();
        string kind = context.Element.Text("kind") ?? "Mean";
        context.Expect(kind is "Mean" or "Median", "kind", "a member of ImputeKind", kind);
        int axis = ChannelAxis.Of(context.Input.Shape);
        Node fill = context.State("fill", Shape.Of(context.Input.Shape.Extents[axis]), 0);
        context.Fit(axis, "Fit" + kind, "fill");
        return context.StaysDirect(context.Add(new FillMissing(axis), context.Input, fill), input);
    }
}
