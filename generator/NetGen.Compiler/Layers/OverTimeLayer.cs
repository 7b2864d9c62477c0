using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Layers;

/// <summary>One vector for a whole sequence.</summary>
internal sealed class OverTimeLayer(string kind, OverTimeKind over) : LayerKind
{
    public override string Kind => kind;

    public override Node Lower(LayerContext context)
    {
        Sequence.Expect(context);
        return context.Add(new OverTime(over, context.HasLengths), context.Input);
    }
}
