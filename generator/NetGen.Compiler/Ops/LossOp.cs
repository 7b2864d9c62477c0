using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Ops;

/// <summary>
/// A loss of rows of predictions: operands are predictions, target, where it takes one, and row weights, which sum to 1, or to the output's weight; the value is the shares of the mean
/// loss, whose sum it is: one of each row, or one of each element.
/// </summary>
public abstract record LossOp : Op
{
    public sealed override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Shape[] expected = [.. TargetOf(operands[0]) is { } target ? [target] : Array.Empty<Shape>(), RowsOf(operands[0])];
        Require(operands.Skip(1).SequenceEqual(expected), "a target of its shape, where it takes one, and a weight a row");
        return LossesOf(operands[0]);
    }

    /// <summary>The shape of the target of such predictions; null where it takes none.</summary>
    public virtual Shape? TargetOf(Shape predictions) => predictions;

    /// <summary>The shape of the value: <see cref="RowsOf"/> the predictions, or theirs where nothing is summed within a row.</summary>
    public abstract Shape LossesOf(Shape predictions);

    /// <summary>The gradient with respect to the predictions. The chain rule starts here, where dL/dL = 1.</summary>
    public abstract Node DifferentiateLoss(GraphBuilder builder, Node node);

    /// <summary>What turns the output into probabilities, where the loss fuses an activation.</summary>
    public virtual Op? PredictionActivation => null;

    /// <summary>What targets it takes for an output of this shape, besides floats.</summary>
    public virtual ClassTargets Classes(Shape output) => ClassTargets.None;

    /// <summary>What becomes of targets before the loss reads them; null for nothing.</summary>
    public virtual TargetMap? Map => null;

    /// <summary>The same loss for targets that are never class indices.</summary>
    public virtual LossOp OfFloats() => this;

    /// <summary>The shape of one number for each row of predictions, a row being the last axis.</summary>
    public static Shape RowsOf(Shape predictions) => new(predictions.Batched, new(predictions.Extents.Take(predictions.Rank - 1)));
}

/// <summary>Whether a loss takes class indices, and in which form.</summary>
public enum ClassTargets
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>As they are: one a row.</summary>
    Indices,

    /// <summary>0 and 1, converted to floats.</summary>
    Binary,

    /// <summary>One a row, converted to a row of probabilities.</summary>
    OneHot,
}

/// <summary>What becomes of rows of probabilities before a loss reads them: <c>t = w ((1 - smoothing) t + smoothing / classes)</c>.</summary>
/// <param name="Smoothing">How much is spread over all classes.</param>
/// <param name="ClassWeights">A factor for each class; none for 1.</param>
public sealed record TargetMap(float Smoothing, EquatableArray<float> ClassWeights)
{
    /// <summary>Whether it changes nothing.</summary>
    public bool IsIdentity => Smoothing == 0 && ClassWeights.Count == 0;
}
