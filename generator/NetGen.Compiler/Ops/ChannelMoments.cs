using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>Mean and sum of squared deviations of each sample's channels over its pixels: <c>[B, ..., C]</c> gives <c>[B, 2, C]</c>. Values are channels last.</summary>
public sealed record SampleMoments : Op
{
    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Require(operands[0].Batched, "samples");
        return Shape.Batch(2, operands[0].Last);
    }

    public override long Flops(Node node) => 4 * node.Operands[0].Shape.Count;

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = [μ, Σ (x - μ)²] of each sample's channels,  μ = mean of x over {PixelsOf(node.Operands[0].Shape)} pixels,  x = {names[node.Operands[0]]}";

    public override string Emit(Node node, INames names)
    {
        Shape x = node.Operands[0].Shape;
        return $"Moments.OfSamples({names[node.Operands[0]]}, {names[node]}, pixels: {PixelsOf(x)}, channels: {x.Last});";
    }

    /// <summary>How many times each channel stands in a sample of channels last.</summary>
    internal static int PixelsOf(Shape shape) => shape.Extents.Take(shape.Rank - 1).Aggregate(1, (product, extent) => product * extent);
}

/// <summary>
/// Mean, biased variance and <c>1 / sqrt(variance + epsilon)</c> of each channel over the batch, <c>[3, C]</c>: from <see cref="SampleMoments"/>, or from the samples
/// themselves where each is one pixel.
/// </summary>
/// <param name="Pixels">Pixels of a sample.</param>
/// <param name="Epsilon">Added to the variance.</param>
public sealed record BatchMoments(int Pixels, float Epsilon) : Op
{
    public override string Attributes => $"{Pixels}, {Literal.Of(Epsilon)}";

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Shape samples = operands[0];
        Require(samples.Batched && (Pixels == 1 ? samples.Count == samples.Last : samples == Shape.Batch(2, samples.Last)), $"moments of samples, or samples of one pixel, got {samples}");
        return Shape.Of(3, samples.Last);
    }

    public override WorkSplit SplitOf(Node node) => WorkSplit.Outputs;

    public override string Formula(Node node, INames names)
    {
        string source = names[node.Operands[0]];
        return $"{names[node]} = [μ, σ², r] of each channel over the batch,  r = 1 / √(σ² + {Literal.Plain(Epsilon)}),  " +
            (Pixels == 1 ? $"σ² = mean of (x - μ)²,  x = {source}" : $"σ² = (Σ M + {Pixels} Σ (m - μ)²) / ({Pixels} B),  [m, M] = {source}");
    }

    public override string Emit(Node node, INames names) =>
        $"Moments.OfBatch({names[node.Operands[0]]}, {names[node]}, pixels: {Pixels}, channels: {node.Shape.Last}, epsilon: {Literal.Of(Epsilon)}, worker);";
}
