using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;

namespace NetGen.Compiler.Layers;

/// <summary>Blocks that read one value; what they give is joined.</summary>
internal sealed class Parallel : LayerKind
{
    public override string Kind => "Parallel";

    public override Node Lower(LayerContext context) => Join.Lower(
        context,
        [.. context.Element.Blocks.Select((block, index) => ($"the block '{block.Name}'", context.LowerBlock(index, $"{index}.", context.Input)))],
        argument: null);
}
