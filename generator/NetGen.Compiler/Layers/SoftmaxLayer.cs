using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Layers;

/// <summary>Softmax over the last axis.</summary>
internal sealed class SoftmaxLayer : LayerKind
{
    public override string Kind => "Softmax";

    public override Node Lower(LayerContext context) => context.Input.Shape is { Rank: <= 2 }
        ? context.Add(new Softmax(), context.Input)
        : throw context.Fail(IssueDescriptors.WantsFlat, null, context.Name, context.InputName, context.Input.Shape.Describe(), $"{context.Input.Shape.Count}");
}
