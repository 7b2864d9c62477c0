using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>A block several times in a row.</summary>
internal sealed class Repeat : LayerKind
{
    public override string Kind => "Repeat";

    public override IReadOnlyList<string> Positional => ["count"];

    public override Node Lower(LayerContext context)
    {
        int count = context.Element.Int("count");
        context.Expect(count is >= 1 and <= 10_000, "count", "of 1 to 10000", count);
        Node value = context.Input;
        for (int index = 0; index < count; index++)
        {
            value = context.LowerBlock(0, $"{index}.", value);
        }
        return value;
    }
}
