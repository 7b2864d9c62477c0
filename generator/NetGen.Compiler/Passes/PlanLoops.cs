using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Passes;

/// <summary>Nodes that one unrolled loop computes: a product, or the gradients of a weight and of its bias.</summary>
/// <param name="Nodes">In the order in which they run.</param>
public sealed record SampleLoop(IReadOnlyList<Node> Nodes)
{
    /// <summary>The product.</summary>
    public Node Product => Nodes[Nodes.Count - 1];
}

/// <summary>
/// Chooses which products of a training step become straight-line code. Training has many samples at a time, and a weight that is in a register serves all of
/// them: so each product is a loop over the samples whose body is one sample, unrolled, with the whole weight, or the sums of its gradient, in registers.
/// </summary>
public static class PlanLoops
{
    /// <summary>Plans a program.</summary>
    /// <param name="schedule">Its order.</param>
    /// <param name="option">What the user wants.</param>
    public static IReadOnlyList<SampleLoop> Run(Schedule schedule, UnrollMode option)
    {
        // As in prediction: a small part of a large network would save little beside the rest.
        long forward = schedule.Forward.Where(node => node.Op is MatMul).Sum(UnrollCost.Of);
        if (option == UnrollMode.Never || (option == UnrollMode.Auto && forward > UnrollCost.AutoBudget))
        {
            return [];
        }
        Node[] order = [.. schedule.All.Where(node => node.Op is not Sink)];
        return [.. order.Select((product, index) => (product, Before: index > 0 ? order[index - 1] : null)).Where(pair => IsPossible(pair.product))
            .Select(pair => new SampleLoop(pair.Before is { } before && IsBiasOf(pair.product, before) && IsReadOnce(before) ? [before, pair.product] : [pair.product]))];

        // What a copy reads must be computed before it, and not with the weight's gradient after it.
        bool IsReadOnce(Node node) => schedule.All.Count(reader => reader.Operands.Contains(node)) == 1;
    }

    /// <summary>Why no unrolled loop can compute a product; null where one can.</summary>
    public static string? WhyNot(Node node)
    {
        var product = (MatMul)node.Op;
        int rows = Rows(node, product);
        int vectors = UnrollCost.Vectors(Shape.Of(node.Shape.Last));
        return node.Operands.Any(operand => operand.Shape.Batched && operand.Shape.Rank != 1) ? "it has several rows a sample"
            : node.Operands.Any(operand => !operand.Shape.Batched && operand.Op is not Parameter) ? "its weight is computed"
            : rows > UnrollCost.RowsInRegisters ? $"{Literal.Grouped(rows)} inputs are more than the {UnrollCost.RowsInRegisters} rows of a weight that registers hold"
            : vectors > UnrollCost.VectorsOfLoop ? $"{Literal.Grouped(node.Shape.Last)} outputs are more than {16 * UnrollCost.VectorsOfLoop}"
            : null;
    }

    private static bool IsPossible(Node node) => node.Op is MatMul && WhyNot(node) is null;

    /// <summary>Vectors that stay in registers, for each vector of results.</summary>
    private static int Rows(Node node, MatMul product) => product.Form == MatMulForm.TransposedLeft ? node.Shape.Extents[0] : node.Operands[0].Shape.Last;

    /// <summary>Whether a node is the gradient of the bias that was added to the product whose weight's gradient the other node is.</summary>
    private static bool IsBiasOf(Node weight, Node node) =>
        weight.Op is MatMul { Form: MatMulForm.TransposedLeft } && node.Op is SumTo && node.Layer == weight.Layer && node.Operands[0] == weight.Operands[1];
}
