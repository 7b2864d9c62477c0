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
/// A matrix product over the last axis; all axes before it are rows. <see cref="Passes.Fuse"/> moves a bias and an activation into a
/// <see cref="MatMulForm.Product"/>, and the derivative of the activation before into a <see cref="MatMulForm.TransposedRight"/>.
/// </summary>
/// <param name="Form">Which operand is transposed.</param>
/// <param name="HasBias">Whether a third operand is added to each row.</param>
/// <param name="Activation">
/// Applied last; null for none. With <see cref="MatMulForm.TransposedRight"/> its derivative at a third operand, what the activation saved, is multiplied instead.
/// </param>
public sealed record MatMul(MatMulForm Form, bool HasBias = false, Activation? Activation = null) : Op
{
    public override string Attributes => string.Join(", ", Parts());

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        (Shape a, Shape b) = (operands[0], operands[1]);
        bool derives = Form == MatMulForm.TransposedRight && Activation is not null;
        Require(operands.Count == (HasBias || derives ? 3 : 2), "two operands, and a bias or a saved value if it has one");
        Require(Form == MatMulForm.Product || !HasBias, "no bias where one side is transposed");
        Require(Form != MatMulForm.TransposedLeft || Activation is null, "no activation of a weight's gradient");
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
                Shape result = a.WithLast(b.Extents[0]);
                Require(!derives || operands[2] == result, "a saved value of the result's shape");
                return result;
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

    public override WorkSplit SplitOf(Node node) => Form == MatMulForm.TransposedLeft ? WorkSplit.Outputs : base.SplitOf(node);

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
        if (Form == MatMulForm.TransposedRight && Activation is not null)
        {
            string saved = Activation.Function.SavesOutput ? "y" : "x";
            return $"{names[node]} = {product} ⊙ f'({saved}),  f' = {Activation.Function.Derivative},  {saved} = {names[node.Operands[2]]}";
        }
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
                return $"MatMul.TransposedLeft({operands}, {names[node]}, rows: {a.Shape.Last}, inner: {Rows(a)}, columns: {b.Shape.Last}, worker);";
            default:
                string saved = Activation is null ? "default" : names[node.Operands[2]];
                return $"MatMul.TransposedRight({operands}, {names[node]}, rows: {Rows(a)}, inner: {a.Shape.Last}, columns: {node.Shape.Last}, {saved}, {Activation?.Construct() ?? "default(Identity)"});";
        }
    }

    private static string Rows(Node node) => node.Shape.WithLast(1).Size.ToString();

    private IEnumerable<string> Parts()
    {
        string[] parts = [Form == MatMulForm.Product ? "" : Form.ToString(), HasBias ? "bias" : "", Activation?.ToString() ?? ""];
        return parts.Where(part => part.Length > 0);
    }
}
