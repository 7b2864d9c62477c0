using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>Normalises each feature or channel over the batch, in prediction by what it learnt of them.</summary>
internal sealed class BatchNorm : LayerKind
{
    private const float Momentum = 0.1f;

    public override string Kind => "BatchNorm";

    public override bool KeepsSigns => true;

    public override IReadOnlyList<string> TrainingOnly => ["momentum"];

    public override IReadOnlyList<ArgumentSpec> Defaults => [NormArguments.DefaultEpsilon];

    public override Node Lower(LayerContext context)
    {
        float epsilon = NormArguments.Epsilon(context);
        float momentum = context.Element.Float("momentum", Momentum);
        context.Expect(momentum is > 0 and <= 1, "momentum", "above 0 and at most 1", momentum);

        Node x = context.ChannelsLast(context.Input);
        int channels = x.Shape.Last;
        int pixels = SampleMoments.PixelsOf(x.Shape);
        Node weight = context.Parameter("weight", Shape.Of(channels), Initialization.Constant(1));
        Node bias = context.Parameter("bias", Shape.Of(channels), Initialization.Zeros);
        Node mean = context.State("running_mean", Shape.Of(channels), 0);
        Node variance = context.State("running_var", Shape.Of(channels), 1);

        Node moments = context.Add(new BatchMoments(pixels, epsilon), pixels == 1 ? x : context.Add(new SampleMoments(), x));
        context.Update(mean, new UpdateRunning(RunningStatistic.Mean, pixels, momentum), moments);
        context.Update(variance, new UpdateRunning(RunningStatistic.Variance, pixels, momentum), moments);
        return context.ChannelsFirst(context.Add(new BatchNormalize(mean.Name, variance.Name, epsilon), x, moments, weight, bias));
    }
}
