using System.Collections.Generic;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>A value that exists before the first operation: it is placed, not computed.</summary>
public abstract record Source(Shape Shape) : Op
{
    public sealed override Shape InferShape(IReadOnlyList<Shape> operands) => Shape;

    public sealed override string Formula(Node node, INames names) => throw new GraphException($"{Mnemonic} is not computed");

    public sealed override string Emit(Node node, INames names) => throw new GraphException($"{Mnemonic} is not computed");
}

/// <summary>The samples: one row each, all inputs in order of declaration.</summary>
public sealed record Input(Shape Shape) : Source(Shape);

/// <summary>Reads a parameter.</summary>
public sealed record Parameter(string Name, Shape Shape) : Source(Shape)
{
    public override string Attributes => Name;
}

/// <summary>Reads state: what is saved but not trained.</summary>
public sealed record State(string Name, Shape Shape) : Source(Shape)
{
    public override string Attributes => Name;
}

/// <summary>What a stream remembers from step to step.</summary>
/// <param name="Shape">Of what is remembered.</param>
/// <param name="Offset">Where it lies among all that the stream remembers, in floats.</param>
public sealed record StreamMemory(Shape Shape, int Offset) : Source(Shape)
{
    public override string Attributes => $"at {Offset}";
}

/// <summary>The states of a recurrence as training carries them from one batch to the next: those after its last step. A row for each sequence of the batch.</summary>
/// <param name="Shape">Of the states of one sequence.</param>
/// <param name="Offset">Where they lie among all that is carried of one sequence, in floats.</param>
public sealed record CarriedStates(Shape Shape, int Offset) : Source(Shape)
{
    public override string Attributes => $"at {Offset}";
}

/// <summary>What an output should be: floats, or class indices in the front of the same memory.</summary>
/// <param name="Shape">That of the output, or what its loss takes for it.</param>
/// <param name="Start">Where its part starts in a sample's target row; 0 where it is the whole row.</param>
/// <param name="Map">What becomes of it before the loss reads it; null for nothing.</param>
public sealed record Target(Shape Shape, int Start = 0, TargetMap? Map = null) : Source(Shape)
{
    public override string Attributes => Start == 0 ? "" : $"from {Start}";
}

/// <summary>How much each row of predictions counts: the sample's weight, 0 for a masked time step.</summary>
/// <param name="Shape">One for each row of an output.</param>
/// <param name="Sum">What they sum to: how much the output counts among several.</param>
/// <param name="Map">What becomes of the output's targets; null for nothing.</param>
public sealed record RowWeights(Shape Shape, float Sum = 1, TargetMap? Map = null) : Source(Shape)
{
    public override string Attributes => Sum == 1 ? "" : $"sum {Literal.Of(Sum)}";
}
