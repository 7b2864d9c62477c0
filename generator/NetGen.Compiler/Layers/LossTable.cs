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
internal sealed record LossRow(string Kind, Func<LayerContext, LossOp> Lower);

/// <summary>All losses.</summary>
internal static class LossTable
{
    private static readonly Dictionary<string, LossRow> Rows = new LossRow[]
    {
        new("SoftmaxCrossEntropy", SoftmaxCrossEntropy),
        new("SigmoidCrossEntropy", static _ => new ElementwiseLoss(ElementwiseLossFunction.SigmoidCrossEntropy)),
        new("MeanSquaredError", static _ => new ElementwiseLoss(ElementwiseLossFunction.SquaredError)),
        new("MeanAbsoluteError", static _ => new ElementwiseLoss(ElementwiseLossFunction.AbsoluteError)),
        new("Huber", Huber),
    }
    .ToDictionary(row => row.Kind);

    /// <summary>The loss of that name; null where it is none.</summary>
    public static LossRow? Find(string kind) => Rows.TryGetValue(kind, out LossRow? row) ? row : null;

    private static LossOp SoftmaxCrossEntropy(LayerContext context)
    {
        Shape output = context.Input.Shape;
        return output is { Rank: 1 or 2, Last: >= 2 }
            ? new SoftmaxCrossEntropy()
            : throw context.Fail(
                IssueDescriptors.LossDoesNotFit, null, "SoftmaxCrossEntropy", "(classes) or (time, classes) with at least 2 classes", context.InputName, output.Describe(),
                output.Rank > 2 ? $"add [Flatten] and [Dense(classes)] before it" : "make the last layer [Dense(classes)], or use [SigmoidCrossEntropy] for yes or no");
    }

    private static LossOp Huber(LayerContext context)
    {
        float delta = context.Element.Float("delta", 1);
        return delta > 0 && !float.IsInfinity(delta)
            ? new ElementwiseLoss(ElementwiseLossFunction.Huber(delta))
            : throw context.Fail(IssueDescriptors.InvalidArgument, "delta", "Huber", "delta", "above 0", Emit.Literal.Plain(delta));
    }
}
