using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>Drops whole channels at random while training.</summary>
internal sealed class SpatialDropoutLayer : LayerKind
{
    public override string Kind => "SpatialDropout";

    public override bool KeepsSigns => true;

    public override IReadOnlyList<string> Positional => ["rate"];

    public override IReadOnlyList<string> TrainingOnly => ["rate"];

    public override Node Lower(LayerContext context)
    {
        float rate = context.Element.Float("rate", 0);
        context.Expect(rate is >= 0 and < 1, "rate", "of at least 0 and below 1", rate);
        int stream = context.NextStream();
        return rate == 0 ? context.Input : context.ChannelsFirst(context.Add(new SpatialDropout(rate, stream), context.ChannelsLast(context.Input)));
    }
}
