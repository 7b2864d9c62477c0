using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary><c>y = scale x + offset</c> with constants.</summary>
internal sealed class Rescale : LayerKind
{
    public override string Kind => "Rescale";

    public override IReadOnlyList<string> Positional => ["scale", "offset"];

    public override Node Lower(LayerContext context)
    {
        (float scale, float offset) = (context.Element.Float("scale", 1), context.Element.Float("offset", 0));
        context.Expect(!float.IsNaN(scale) && !float.IsInfinity(scale) && scale != 0, "scale", "a finite number other than 0", scale);
        context.Expect(!float.IsNaN(offset) && !float.IsInfinity(offset), "offset", "a finite number", offset);
        return context.Add(new Affine(scale, offset), context.Input);
    }
}
