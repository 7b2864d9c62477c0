using System.Collections.Generic;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>An effect: where a value goes. The memory plan places the value there; nothing is computed.</summary>
public abstract record Sink : Op
{
    public sealed override bool HasEffect => true;

    public sealed override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Require(operands.Count == 1, "one operand");
        return operands[0];
    }

    public sealed override string Formula(Node node, INames names) => $"{names[node]} = {names[node.Operands[0]]}";

    public sealed override string Emit(Node node, INames names) => $"{names[node.Operands[0]]}.CopyTo({names[node]});";
}

/// <summary>The network's output, a row of all outputs where there are several: logits, where the loss fuses an activation.</summary>
public sealed record Output : Sink;

/// <summary>A loss that training minimises: the sum of what a <see cref="LossOp"/> gives, which stays in memory until the caller adds it.</summary>
/// <param name="Output">The output that it is of; empty where the network declares none.</param>
public sealed record Loss(string Output = "") : Sink
{
    public override string Attributes => Output;
}

/// <summary>Writes the gradient of a parameter, in the parameter's own layout.</summary>
public sealed record StoreGradient(string Parameter) : Sink
{
    public override string Attributes => Parameter;
}

/// <summary>Writes a value that depends on parameters only to where a network whose parameters are fixed reads it.</summary>
/// <param name="Tensor">Its name there.</param>
/// <param name="Offset">Its place there, in floats.</param>
public sealed record StoreFrozen(string Tensor, int Offset) : Sink
{
    public override string Attributes => $"{Tensor} at {Offset}";
}
