using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>Drops elements at random while training.</summary>
internal sealed class DropoutLayer : LayerKind
{
    public override string Kind => "Dropout";

    public override bool KeepsSigns => true;

    public override IReadOnlyList<string> Positional => ["rate"];

    public override IReadOnlyList<string> TrainingOnly => ["rate"];

    public override Node Lower(LayerContext context)
    {
        float rate = context.Element.Float("rate", 0);
        context.Expect(rate is >= 0 and < 1, "rate", "of at least 0 and below 1", rate);
        int stream = context.NextStream();
        return rate == 0 ? context.Input : context.Add(new Dropout(rate, stream), context.Input);
    }
}
