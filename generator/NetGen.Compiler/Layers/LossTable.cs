using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>A loss that a network may end with.</summary>
/// <param name="Kind">The attribute's name without its suffix; the runtime's <c>LossKind</c> has a member of that name.</param>
/// <param name="Lower">Checks arguments and output, and gives the op.</param>
/// <param name="RuntimeKind">The member of <c>LossKind</c> where it has another name.</param>
internal sealed record LossRow(string Kind, Func<LayerContext, LossOp> Lower, string? RuntimeKind = null);

/// <summary>All losses.</summary>
internal static class LossTable
{
    private static readonly Dictionary<string, LossRow> Rows = new LossRow[]
    {
        new("SoftmaxCrossEntropy", SoftmaxCrossEntropy),
        new("SigmoidCrossEntropy", SigmoidCrossEntropy),
        new("MeanSquaredError", static _ => new ElementwiseLoss(ElementwiseLossFunction.SquaredError)),
        new("MeanAbsoluteError", static _ => new ElementwiseLoss(ElementwiseLossFunction.AbsoluteError)),
        new("Huber", static context => new ElementwiseLoss(ElementwiseLossFunction.Huber(Number(context, "delta", 1, "above 0", static delta => delta > 0)))),
        new("SoftmaxFocal", SoftmaxFocal),
        new("SigmoidFocal", static context => new ElementwiseLoss(ElementwiseLossFunction.SigmoidFocal(Gamma(context), Number(context, "alpha", 0.25f, BelowOne, IsShare)))),
        new("KLDivergence", static context => RowsOf(context, new RowLoss(RowLossFunction.KLDivergence), "classes", ClassesAdvice)),
        new("Hinge", static _ => new ElementwiseLoss(ElementwiseLossFunction.Hinge)),
        new("Quantile", static context => new ElementwiseLoss(ElementwiseLossFunction.Quantile(Number(context, "quantile", 0, BelowOne, IsShare)))),
        new("CosineDistance", static context => RowsOf(context, new RowLoss(RowLossFunction.CosineDistance), "features", "make the last layer [Dense(features)]")),
        new("Contrastive", static context => Embeddings(context, 2, RowLossFunction.Contrastive)),
        new("Triplet", static context => Embeddings(context, 3, RowLossFunction.Triplet)),
        new("Loss", static context => new ElementwiseLoss(ElementwiseLossFunction.Custom(context.Function())), RuntimeKind: "Custom"),
    }
    .ToDictionary(row => row.Kind);

    /// <summary>The loss of that name; null where it is none.</summary>
    public static LossRow? Find(string kind) => Rows.TryGetValue(kind, out LossRow? row) ? row : null;

    private const string BelowOne = "above 0 and below 1";

    private const string ClassesAdvice = "make the last layer [Dense(classes)], or use [SigmoidCrossEntropy] for yes or no";

    private static LossOp SoftmaxCrossEntropy(LayerContext context)
    {
        float smoothing = Number(context, "labelSmoothing", 0, "of at least 0 and below 1", static value => value is >= 0 and < 1);
        LossOp loss = RowsOf(context, new SoftmaxCrossEntropy(), "classes", ClassesAdvice);
        var map = new TargetMap(smoothing, ClassWeights(context));
        return map.IsIdentity ? loss : new SoftmaxCrossEntropy(TakesClasses: false, map);
    }

    private static LossOp SigmoidCrossEntropy(LayerContext context)
    {
        float[] weights = [.. context.Element.Floats("positiveWeights")];
        if (weights.Length == 0)
        {
            return new ElementwiseLoss(ElementwiseLossFunction.SigmoidCrossEntropy);
        }
        // Of an image the last axis is its width, so only a number for all makes sense.
        int outputs = context.Input.Shape.Rank <= 2 ? context.Input.Shape.Last : 1;
        string expectation = outputs == 1 ? "of one number above 0" : $"of one number above 0, or of {outputs}, one an output";
        ExpectWeights(context, "positiveWeights", weights, weights.Length == 1 || weights.Length == outputs, expectation);
        return new RowLoss(RowLossFunction.PositiveWeighted(new(weights)));
    }

    private static LossOp SoftmaxFocal(LayerContext context)
    {
        float gamma = Gamma(context);
        return RowsOf(context, new RowLoss(RowLossFunction.SoftmaxFocal(gamma), new TargetMap(0, ClassWeights(context))), "classes", ClassesAdvice);
    }

    /// <summary>A loss of whole rows, after a look at the rows.</summary>
    private static LossOp RowsOf(LayerContext context, LossOp loss, string elements, string advice)
    {
        Shape output = context.Input.Shape;
        return output is { Rank: 1 or 2, Last: >= 2 }
            ? loss
            : throw context.Fail(
                IssueDescriptors.LossDoesNotFit, null, context.Element.Kind, $"({elements}) or (time, {elements}) with at least 2 {elements}", context.InputName, output.Describe(),
                output.Rank > 2 ? $"add [Flatten] and [Dense({elements})] before it" : advice);
    }

    /// <summary>A loss of several embeddings that lie side by side.</summary>
    private static LossOp Embeddings(LayerContext context, int count, Func<float, RowLossFunction> loss)
    {
        float margin = Number(context, "margin", 1, "above 0", static margin => margin > 0);
        Shape output = context.Input.Shape;
        return output.Rank == 1 && output.Last % count == 0
            ? new RowLoss(loss(margin))
            : throw context.Fail(
                IssueDescriptors.LossDoesNotFit, null, context.Element.Kind, $"{count} embeddings of one size side by side", context.InputName, output.Describe(),
                output.Rank == 1 ? $"join {count} outputs of one encoder with [Concat]" : "add [Flatten] to the encoder");
    }

    private static EquatableArray<float> ClassWeights(LayerContext context)
    {
        float[] weights = [.. context.Element.Floats("classWeights")];
        int classes = context.Input.Shape.Last;
        if (context.Input.Shape.Rank <= 2 && weights.Length > 0)
        {
            ExpectWeights(context, "classWeights", weights, weights.Length == classes, $"of {classes} numbers above 0, one a class");
        }
        return new(weights);
    }

    private static void ExpectWeights(LayerContext context, string argument, float[] weights, bool fits, string expectation)
    {
        if (!(fits && weights.All(static weight => weight > 0 && !float.IsInfinity(weight))))
        {
            throw context.Fail(IssueDescriptors.InvalidArgument, argument, context.Element.Kind, argument, expectation, string.Join(", ", weights.Select(Emit.Literal.Plain)));
        }
    }

    private static float Gamma(LayerContext context) => Number(context, "gamma", 2, "of at least 0", static gamma => gamma >= 0);

    private static bool IsShare(float value) => value is > 0 and < 1;

    private static float Number(LayerContext context, string argument, float otherwise, string expectation, Func<float, bool> fits)
    {
        float value = context.Element.Float(argument, otherwise);
        return fits(value) && !float.IsInfinity(value)
            ? value
            : throw context.Fail(IssueDescriptors.InvalidArgument, argument, context.Element.Kind, argument, expectation, Emit.Literal.Plain(value));
    }
}
