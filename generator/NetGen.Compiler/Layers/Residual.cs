using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Layers;

/// <summary><c>y = x + block(x)</c>, or <c>y = projection(x) + block(x)</c>.</summary>
internal sealed class Residual : LayerKind
{
    public override string Kind => "Residual";

    public override Node Lower(LayerContext context)
    {
        bool hasProjection = context.Element.Blocks.Count == 2;
        Node block = context.LowerBlock(0, "", context.Input);
        Node shortcut = hasProjection ? context.LowerBlock(1, "projection.", context.Input) : context.Input;
        context.ExpectEqualShapes(
            shortcut, hasProjection ? $"the projection '{context.Element.Blocks[1].Name}'" : context.InputName,
            block, $"the block '{context.Element.Blocks[0].Name}'",
            null, hasProjection ? "make both end in one shape" : "make the block end in the shape it starts with, or add a projection: [Residual<TBlock, TProjection>]");
        return context.Add(new Arithmetic(ArithmeticKind.Add), shortcut, block);
    }
}
