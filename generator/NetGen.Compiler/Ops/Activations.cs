using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Ops;

/// <summary>
/// A row of the table of element-wise activations. The runtime has a struct of the same name that computes the function and its derivative.
/// </summary>
/// <param name="Name">The layer's kind and the runtime struct's name.</param>
/// <param name="Formula">The function of an expression, as a line of mathematics.</param>
/// <param name="Derivative">The derivative, in terms of <c>x</c> or <c>y</c>.</param>
/// <param name="SavesOutput">Whether the derivative is a function of the output <c>y</c>, so that the input need not be kept; of the input <c>x</c> otherwise.</param>
/// <param name="Flops">Floating-point operations an element.</param>
/// <param name="IsRectifier">Whether it is of the ReLU family, which He's initialiser is made for.</param>
/// <param name="IsSeries">Whether it is computed by a series, with some sixteen instructions; by a few otherwise.</param>
/// <param name="Parameter">The attribute's argument, where there is one.</param>
public sealed record ActivationFunction(
    string Name, Func<string, string> Formula, string Derivative, bool SavesOutput, int Flops, bool IsRectifier, bool IsSeries, ActivationParameter? Parameter = null)
{
    /// <summary>All activations.</summary>
    public static IReadOnlyList<ActivationFunction> Table { get; } =
    [
        new("ReLU", x => $"max({x}, 0)", "y > 0 ? 1 : 0", SavesOutput: true, 1, IsRectifier: true, IsSeries: false),
        new("LeakyReLU", x => $"leakyReLU({x})", "y > 0 ? 1 : slope", SavesOutput: true, 2, IsRectifier: true, IsSeries: false, new("slope", 0.01f, AllowsZero: true)),
        new("ELU", x => $"elu({x})", "y > 0 ? 1 : y + alpha", SavesOutput: true, 3, IsRectifier: true, IsSeries: true, new("alpha", 1f, AllowsZero: false)),
        new("GELU", x => $"gelu({x})", "Φ(x) + x φ(x)", SavesOutput: false, 5, IsRectifier: true, IsSeries: true),
        new("SiLU", x => $"silu({x})", "σ(x) (1 + x (1 - σ(x)))", SavesOutput: false, 4, IsRectifier: true, IsSeries: true),
        new("Sigmoid", x => $"σ({x})", "y (1 - y)", SavesOutput: true, 3, IsRectifier: false, IsSeries: true),
        new("Tanh", x => $"tanh({x})", "1 - y²", SavesOutput: true, 1, IsRectifier: false, IsSeries: true),
        new("Softplus", x => $"softplus({x})", "1 - exp(-y)", SavesOutput: true, 3, IsRectifier: true, IsSeries: true),
        new("HardSwish", x => $"hardSwish({x})", "x < -3 ? 0 : x > 3 ? 1 : (2x + 3) / 6", SavesOutput: false, 4, IsRectifier: true, IsSeries: false),
    ];

    /// <summary>The derivative with what it is a function of: <c>f'(y),  f' = 1 - y²,  y = tanh1</c>.</summary>
    /// <param name="saved">The name of what was saved: the output or the input.</param>
    public string DescribeDerivative(string saved)
    {
        string variable = SavesOutput ? "y" : "x";
        return $"f'({variable}),  f' = {Derivative},  {variable} = {saved}";
    }

    /// <summary>A function of the user's. What it costs is not known; a rectifier is the likeliest thing to replace.</summary>
    public static ActivationFunction Custom(FunctionSpec function) => new(
        $"CustomActivation<{function.Type}>", x => $"{function.Name}({x})", $"{function.Name}'(x)", SavesOutput: false, 4, IsRectifier: true, IsSeries: true);

    public static ActivationFunction Named(string name) => Table.Single(function => function.Name == name);
}

/// <summary>The number that an activation takes.</summary>
public sealed record ActivationParameter(string Name, float Default, bool AllowsZero);

/// <summary>An activation with its number.</summary>
public sealed record Activation(ActivationFunction Function, float Value = 0)
{
    /// <summary>The runtime struct, as C#.</summary>
    public string Construct() => Function.Parameter is null ? $"default({Function.Name})" : $"new {Function.Name}({Literal.Of(Value)})";

    /// <summary>The struct as an argument of a <see cref="ChainTerm"/>; empty where it has no number.</summary>
    public string ChainArgument => Function.Parameter is null ? "" : Construct();

    public override string ToString() => Function.Parameter is null ? Function.Name : $"{Function.Name}({Literal.Of(Value)})";
}

/// <summary>Applies an activation, element by element.</summary>
public sealed record Activate(Activation Activation) : Op
{
    /// <summary>What makes probabilities of each logit.</summary>
    public static Activate Sigmoid { get; } = new(new Activation(ActivationFunction.Named("Sigmoid")));

    public override string Mnemonic => Activation.Function.Name;

    public override string Attributes => Activation.Function.Parameter is null ? "" : Literal.Of(Activation.Value);

    public override IReadOnlyList<int> InPlaceOperands => [0];

    public override bool IsPerStep(Node node) => true;

    public override Shape InferShape(IReadOnlyList<Shape> operands) => operands[0];

    public override Node Differentiate(GraphBuilder builder, Node node, Node gradient, int operand) =>
        builder.Add(new ActivateGradient(Activation), Activation.Function.SavesOutput ? node : node.Operands[0], gradient);

    public override long Flops(Node node) => Activation.Function.Flops * node.Shape.Count;

    public override string Formula(Node node, INames names) => $"{names[node]} = {Activation.Function.Formula(names[node.Operands[0]])}";

    public override bool IsElementwise => true;

    public override string EmitLanes(IReadOnlyList<string> operands) => $"{Activation.Construct()}.Apply({operands[0]})";

    public override ChainTerm Term(IReadOnlyList<ChainTerm> operands) =>
        ChainTerm.Of("Applied", Activation.Function.Name, Activation.ChainArgument, operands, Activation.Function.Formula(operands[0].Formula));

    public override string Emit(Node node, INames names) => $"Elementwise.Activate({names[node.Operands[0]]}, {names[node]}, {Activation.Construct()});";
}

/// <summary>Multiplies a gradient (operand 1) by an activation's derivative at what was saved of it (operand 0): its output or its input.</summary>
public sealed record ActivateGradient(Activation Activation) : Op
{
    public override string Mnemonic => $"{Activation.Function.Name}Gradient";

    public override string Attributes => Activation.Function.Parameter is null ? "" : Literal.Of(Activation.Value);

    public override IReadOnlyList<int> InPlaceOperands => [1];

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Require(operands[0] == operands[1], "equal shapes");
        return operands[0];
    }

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = {names[node.Operands[1]]} ⊙ {Activation.Function.DescribeDerivative(names[node.Operands[0]])}";

    public override ChainTerm Term(IReadOnlyList<ChainTerm> operands) => ChainTerm.Of(
        "Backed", Activation.Function.Name, Activation.ChainArgument, operands, $"({operands[1].Formula} ⊙ {Activation.Function.DescribeDerivative(operands[0].Formula)})");

    public override string Emit(Node node, INames names) =>
        $"Elementwise.ActivateGradient({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node]}, {Activation.Construct()});";
}
