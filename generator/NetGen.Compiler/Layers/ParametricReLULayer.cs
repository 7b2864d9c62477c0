using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>The rectifier whose slope below zero is learnt.</summary>
internal sealed class ParametricReLULayer : LayerKind
{
    private const float Slope = 0.25f;

    public override string Kind => "PReLU";

    public override bool IsActivation => true;

    public override IReadOnlyList<string> TrainingOnly => ["slope"];

    public override IReadOnlyList<ArgumentSpec> Defaults => [new("perChannel", new([true]))];

    public override Node Lower(LayerContext context)
    {
        float slope = context.Element.Float("slope", Slope);
        context.Expect(!float.IsNaN(slope) && !float.IsInfinity(slope), "slope", "a finite number", slope);
        Node x = context.ChannelsLast(context.Input);
        int slopes = context.Element.Flag("perChannel", true) ? x.Shape.Last : 1;
        Node weight = context.Parameter("weight", Shape.Of(slopes), Initialization.Constant(slope));
        return context.ChannelsFirst(context.Add(new ParametricReLU(), x, weight));
    }
}
