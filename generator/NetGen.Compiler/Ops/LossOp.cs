using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>A mean loss over rows of predictions: operands are predictions, target and row weights; the value is one number.</summary>
public abstract record LossOp : Op
{
    public sealed override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Require(operands[0] == operands[1] && operands[2] == RowsOf(operands[0]), "a target of the predictions' shape and a weight a row");
        return Shape.Scalar;
    }

    /// <summary>The gradient with respect to the predictions. The chain rule starts here, where dL/dL = 1.</summary>
    public abstract Node DifferentiateLoss(GraphBuilder builder, Node node);

    /// <summary>What turns the output into probabilities, where the loss fuses an activation.</summary>
    public virtual Op? PredictionActivation => null;

    /// <summary>The shape of one number for each row of predictions, a row being the last axis.</summary>
    public static Shape RowsOf(Shape predictions) => new(predictions.Batched, new(predictions.Extents.Take(predictions.Rank - 1)));
}
