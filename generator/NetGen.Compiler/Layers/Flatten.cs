using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Layers;

/// <summary>One axis of all.</summary>
internal sealed class Flatten : LayerKind
{
    public override string Kind => "Flatten";

    public override Node Lower(LayerContext context) => context.Add(new Reshape(Shape.Batch((int)context.Input.Shape.Count)), context.Input);
}
