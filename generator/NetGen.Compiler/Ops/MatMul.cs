using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>Which operand of a matrix product is transposed.</summary>
public enum MatMulForm
{
    /// <summary><c>a b</c>: rows of samples times a weight.</summary>
    Product,

    /// <summary><c>aᵀ b</c>: the gradient of a weight; sums over all rows.</summary>
    TransposedLeft,

    /// <summary><c>a bᵀ</c>: the gradient of an input.</summary>
    TransposedRight,
}

/// <summary>
/// A matrix product over the last axis; all axes before it are rows. <see cref="MatMulForm.Product"/> may carry a bias and an activation, which
/// <see cref="Passes.Fuse"/> moves into it.
/// </summary>
/// <param name="Form">Which operand is transposed.</param>
/// <param name="HasBias">Whether a third operand is added to each row.</param>
/// <param name="Activation">Applied last; null for none.</param>
public sealed record MatMul(MatMulForm Form, bool HasBias = false, Activation? Activation = null) : Op
{
    public override string Attributes => string.Join(", ", Parts());

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        (Shape a, Shape b) = (operands[0], operands[1]);
        Require(operands.Count == (HasBias ? 3 : 2), "two operands, and a bias if it has one");
        Require(Form == MatMulForm.Product || (!HasBias && Activation is null), "a plain product where one side is transposed");
        switch (Form)
        {
            case MatMulForm.Product:
                Require(!b.Batched && b.Rank == 2 && a.Last == b.Extents[0], $"[.., k] times [k, n], got {a} and {b}");
                Require(!HasBias || operands[2] == Shape.Of(b.Last), $"a bias of [{b.Last}]");
                return a.WithLast(b.Last);
            case MatMulForm.TransposedLeft:
                Require(a.WithLast(1) == b.WithLast(1), $"the same rows on both sides, got {a} and {b}");
                return Shape.Of(a.Last, b.Last);
            default:
                Require(!b.Batched && b.Rank == 2 && a.Last == b.Last, $"[.., n] times [k, n] transposed, got {a} and {b}");
                return a.WithLast(b.Extents[0]);
        }
    }

    public override Node Differentiate(GraphBuilder builder, Node node, Node gradient, int operand)
    {
        Require(Form == MatMulForm.Product && !HasBias && Activation is null, "to be differentiated before it is fused");
        return operand == 0
            ? builder.Add(new MatMul(MatMulForm.TransposedRight), gradient, node.Operands[1])
            : builder.Add(new MatMul(MatMulForm.TransposedLeft), node.Operands[0], gradient);
    }

    public override long Flops(Node node)
    {
        long product = 2 * node.Operands[0].Shape.Count * node.Shape.Last;
        return product + (HasBias ? node.Shape.Count : 0) + (Activation is null ? 0 : Activation.Function.Flops * node.Shape.Count);
    }

    public override bool UsesBatch(Node node) => node.Operands[0].Shape.Batched;

    public override string Formula(Node node, INames names)
    {
        (string a, string b) = (names[node.Operands[0]], names[node.Operands[1]]);
        string product = Form switch
        {
            MatMulForm.Product => $"{a} · {b}",
            MatMulForm.TransposedLeft => $"{a}ᵀ · {b}",
            _ => $"{a} · {b}ᵀ",
        };
        string sum = HasBias ? $"{product} + {names[node.Operands[2]]}" : product;
        return $"{names[node]} = {Activation?.Function.Formula(sum) ?? sum}";
    }

    public override string Emit(Node node, INames names)
    {
        (Node a, Node b) = (node.Operands[0], node.Operands[1]);
        string operands = $"{names[a]}, {names[b]}";
        switch (Form)
        {
            case MatMulForm.Product:
                string bias = HasBias ? names[node.Operands[2]] : "default";
                string activation = Activation?.Construct() ?? "default(Identity)";
                return $"MatMul.Product({operands}, {bias}, {names[node]}, rows: {Rows(a)}, inner: {a.Shape.Last}, columns: {node.Shape.Last}, {activation});";
            case MatMulForm.TransposedLeft:
                return $"MatMul.TransposedLeft({operands}, {names[node]}, rows: {a.Shape.Last}, inner: {Rows(a)}, columns: {b.Shape.Last});";
            default:
                return $"MatMul.TransposedRight({operands}, {names[node]}, rows: {Rows(a)}, inner: {a.Shape.Last}, columns: {node.Shape.Last});";
        }
    }

    private static string Rows(Node node) => node.Shape.WithLast(1).Size.ToString();

    private IEnumerable<string> Parts()
    {
        string[] parts = [Form == MatMulForm.Product ? "" : Form.ToString(), HasBias ? "bias" : "", Activation?.ToString() ?? ""];
        return parts.Where(part => part.Length > 0);
    }
}
