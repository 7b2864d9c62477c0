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
public sealed record MatMul(MatMulForm Form) : Op
{
    /// <summary>
    /// What is done to each row of a <see cref="MatMulForm.Product"/>. With <see cref="MatMulForm.TransposedRight"/> the activation's derivative at a third operand, what it
    /// saved, is multiplied instead.
    /// </summary>
    public Epilogue Epilogue { get; init; } = Epilogue.None;

    /// <summary>Whether a third operand is added to each row.</summary>
    public bool HasBias => Epilogue.Channels == ChannelMap.Shift;

    public Activation? Activation => Epilogue.Activation;

    public override string Attributes => string.Join(", ", new[] { Form == MatMulForm.Product ? "" : Form.ToString(), Epilogue.ToString() }.Where(part => part.Length > 0));

    public override bool IsPerStep(Node node) => Form == MatMulForm.Product;

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        (Shape a, Shape b) = (operands[0], operands[1]);
        bool derives = Form == MatMulForm.TransposedRight && Activation is not null;
        Require(operands.Count == 2 + Epilogue.Operands + (derives ? 1 : 0), "two operands, and what its epilogue says");
        Require(Form == MatMulForm.Product || Epilogue.Operands == 0, "no bias where one side is transposed");
        Require(Form != MatMulForm.TransposedLeft || Activation is null, "no activation of a weight's gradient");
        switch (Form)
        {
            case MatMulForm.Product:
                Require(!b.Batched && b.Rank == 2 && a.Last == b.Extents[0], $"[.., k] times [k, n], got {a} and {b}");
                Require(Epilogue.Fits(operands, a.WithLast(b.Last)), $"what its epilogue says, {Epilogue}");
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
        Require(Form == MatMulForm.Product && Epilogue == Epilogue.None, "to be differentiated before it is fused");
        return operand == 0
            ? builder.Add(new MatMul(MatMulForm.TransposedRight), gradient, node.Operands[1])
            : builder.Add(new MatMul(MatMulForm.TransposedLeft), node.Operands[0], gradient);
    }

    public override long Flops(Node node)
    {
        long product = 2 * node.Operands[0].Shape.Count * node.Shape.Last;
        return product + Epilogue.Flops(node.Shape.Count);
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
            return $"{names[node]} = {product} ⊙ {Activation.Function.DescribeDerivative(names[node.Operands[2]])}";
        }
        return $"{names[node]} = {Epilogue.Formula(product, node, names)}";
    }

    public override string Emit(Node node, INames names)
    {
        (Node a, Node b) = (node.Operands[0], node.Operands[1]);
        string operands = $"{names[a]}, {names[b]}";
        switch (Form)
        {
            case MatMulForm.Product:
                (string scale, string shift, string residual) = Epilogue.Arguments(node, names);
                string epilogue = Epilogue.Channels == ChannelMap.ScaleAndShift || Epilogue.HasResidual ? $"{scale}, {shift}, {residual}"
                    : Epilogue.Channels == ChannelMap.None ? "bias: default" : shift;
                return $"MatMul.Product({operands}, {epilogue}, {names[node]}, rows: {Rows(a)}, inner: {a.Shape.Last}, columns: {node.Shape.Last}, {Epilogue.ConstructActivation()});";
            case MatMulForm.TransposedLeft:
                return $"MatMul.TransposedLeft({operands}, {names[node]}, rows: {a.Shape.Last}, inner: {Rows(a)}, columns: {b.Shape.Last}, worker);";
            default:
                string saved = Activation is null ? "saved: default" : names[node.Operands[2]];
                return $"MatMul.TransposedRight({operands}, {names[node]}, rows: {Rows(a)}, inner: {a.Shape.Last}, columns: {node.Shape.Last}, {saved}, {Epilogue.ConstructActivation()});";
        }
    }

    private static string Rows(Node node) => node.Shape.WithLast(1).Size.ToString();
}
