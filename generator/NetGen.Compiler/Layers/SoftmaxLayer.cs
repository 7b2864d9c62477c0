using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Layers;

/// <summary>Softmax over the last axis.</summary>
internal sealed class SoftmaxLayer : LayerKind
{
    public override string Kind => "Softmax";

    public override Node Lower(LayerContext context) => context.Add(new Softmax(), context.Input);
}
