using System.Collections.Generic;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>The losses: what ends a network that can be trained.</summary>
internal static class LossLayer
{
    private static readonly HashSet<string> Kinds = ["SoftmaxCrossEntropy", "SigmoidCrossEntropy", "MeanSquaredError", "MeanAbsoluteError", "Huber"];

    public static bool IsLoss(string kind) => Kinds.Contains(kind);

    /// <summary>Adds target, weights and loss to the graph.</summary>
    public static LossOp Lower(ElementSpec element, GraphBuilder graph, Node output, string outputName, EquatableArray<int> path)
    {
        Shape shape = output.Shape;
        if (element.Kind == "SoftmaxCrossEntropy" && shape.Last < 2)
        {
            throw new LoweringException(new(IssueDescriptors.LossDoesNotFit, path, null, new([
                element.Kind, "at least 2 classes on the last axis", outputName, shape.Describe(), "make the last layer [Dense(classes)], or use [SigmoidCrossEntropy] for yes or no"])));
        }
        LossOp loss = element.Kind switch
        {
            "SoftmaxCrossEntropy" => new SoftmaxCrossEntropy(),
            "SigmoidCrossEntropy" => new ElementwiseLoss(ElementwiseLossFunction.SigmoidCrossEntropy),
            "MeanSquaredError" => new ElementwiseLoss(ElementwiseLossFunction.SquaredError),
            "MeanAbsoluteError" => new ElementwiseLoss(ElementwiseLossFunction.AbsoluteError),
            _ => new ElementwiseLoss(ElementwiseLossFunction.Huber(HuberDelta(element, path))),
        };
        Node target = graph.Add(new Target(shape), [], "target");
        Node weights = graph.Add(new RowWeights(LossOp.RowsOf(shape)), [], "rowWeights");
        Node value = graph.Add(loss, [output, target, weights], "loss.value");
        graph.Add(new Loss(), [value], "loss");
        return loss;
    }

    private static float HuberDelta(ElementSpec element, EquatableArray<int> path)
    {
        float delta = element.Float("delta", 1);
        return delta > 0 && !float.IsInfinity(delta)
            ? delta
            : throw new LoweringException(new(IssueDescriptors.InvalidArgument, path, "delta", new(["Huber", "delta", "above 0", Literal.Plain(delta)])));
    }
}
