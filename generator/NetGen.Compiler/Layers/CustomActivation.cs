using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Layers;

/// <summary>An activation of the user's.</summary>
internal sealed class CustomActivation : LayerKind
{
    public override string Kind => "Activation";

    public override Node Lower(LayerContext context) => context.Add(new Activate(new(ActivationFunction.Custom(context.Function()))), context.Input);
}
