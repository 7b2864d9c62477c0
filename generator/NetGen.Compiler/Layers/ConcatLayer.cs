using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;

namespace NetGen.Compiler.Layers;

/// <summary>Joins earlier values, by name.</summary>
internal sealed class ConcatLayer : LayerKind
{
    public override string Kind => "Concat";

    public override IReadOnlyList<string> Positional => ["names"];

    public override Node Lower(LayerContext context) =>
        Join.Lower(context, [(context.InputName, context.Input), .. context.ResolveNames("names")], "names");
}
