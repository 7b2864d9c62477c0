using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Lowering;

/// <summary>A network as a forward graph with its tables: what the passes start from and what the emitter prints beside the code.</summary>
public sealed record LoweredNetwork(
    Graph Forward,
    IReadOnlyList<InputSpec> Inputs,
    Shape OutputShape,
    IReadOnlyList<OutputSpec> Outputs,
    IReadOnlyList<LayerRow> Layers,
    IReadOnlyList<TensorSpec> Parameters,
    IReadOnlyList<TensorSpec> State,
    IReadOnlyList<FitSpec> Fits,
    IReadOnlyList<Issue> Remarks)
{
    /// <summary>Whether it can be trained. Either all outputs have a loss, or none has.</summary>
    public bool HasLoss => Outputs[0].Loss is not null;

    /// <summary>
    /// Time steps that the lengths of a batch count: those of the first sequence that goes in where a layer has use for lengths, otherwise those of the first output that is a sequence,
    /// whose loss has; 0 where nothing has.
    /// </summary>
    public int SequenceLength { get; } = TakesLengthsIn(Forward) ? SequenceOf(Inputs) : Outputs.FirstOrDefault(output => output.Shape.Rank == 2)?.Shape.Extents[0] ?? 0;

    /// <summary>Floats of states that training carries from one batch to the next, of one sequence; 0 where it carries none.</summary>
    public int CarriedFloats { get; init; }

    /// <summary>Whether layers have use for the lengths of sequences, so that predictions depend on them.</summary>
    public bool TakesLengths { get; } = TakesLengthsIn(Forward);

    /// <summary>Whether a number of an input may be NaN, which a layer fills in.</summary>
    public bool TakesMissing { get; } = Forward.Reach(Forward.Roots).Any(node => node.Op is FillMissing);

    /// <summary>Time steps of the first sequence among the inputs; 0 where there is none.</summary>
    public static int SequenceOf(IReadOnlyList<InputSpec> inputs) => inputs.FirstOrDefault(input => input.IsIndex || input.Shape.Rank == 2)?.Shape.Extents[0] ?? 0;

    private static bool TakesLengthsIn(Graph graph) => graph.Reach(graph.Roots).Any(node => node.Op.Ambients.Contains(Ambient.Lengths));

    /// <summary>Floats of one sample's target.</summary>
    public int TargetSize => Outputs.Sum(output => output.TargetCount);

    /// <summary>What the network is trained with besides floats: only one output can be a class index.</summary>
    public ClassTargets Classes => Outputs.Count == 1 && Outputs[0].Loss is { } loss ? loss.Classes(Outputs[0].Shape) : ClassTargets.None;
}

/// <summary>One input: where it stands in a sample's row, and its shape.</summary>
/// <param name="Name">As declared.</param>
/// <param name="Description">As the user wrote it.</param>
/// <param name="Start">Its place in the row, in floats.</param>
/// <param name="Shape">Of one sample.</param>
/// <param name="IsIndex">Whether it holds ids instead of numbers.</param>
public sealed record InputSpec(string Name, string Description, int Start, Shape Shape, bool IsIndex = false)
{
    /// <summary>How many ids there are: the rows of the smallest table that reads them.</summary>
    public int Vocabulary { get; set; } = IsIndex ? 1 << 24 : 0;
}

/// <summary>One output: where it stands in the row of a sample's outputs, and its loss.</summary>
/// <param name="Name">As declared; null for the output of a network that declares none.</param>
/// <param name="Shape">Of the value.</param>
/// <param name="Start">Its place in the row, in floats.</param>
/// <param name="Weight">How much its loss counts.</param>
/// <param name="Loss">Its loss; null where the network only predicts.</param>
/// <param name="LossKind">The kind of that, as the runtime calls it.</param>
/// <param name="LossLayer">Where the loss stands in the generated file.</param>
/// <param name="TargetStart">Where its part starts in a sample's target, in floats.</param>
public sealed record OutputSpec(string? Name, Shape Shape, int Start, float Weight, LossOp? Loss, string? LossKind, Layer? LossLayer, int TargetStart)
{
    /// <summary>The shape of its part of a target; null where it has none.</summary>
    public Shape? TargetShape => Loss?.TargetOf(Shape);

    /// <summary>Floats of that.</summary>
    public int TargetCount => (int)(TargetShape?.Count ?? 0);
}

/// <summary>One layer of the table.</summary>
/// <param name="Layer">Its path and description.</param>
/// <param name="Identity">What of the description gives its parameters their meaning.</param>
/// <param name="Input">The shape that it reads.</param>
/// <param name="Output">The shape that it gives.</param>
/// <param name="Parameters">Those that it owns.</param>
/// <param name="State">What it owns besides.</param>
/// <param name="Notes">What the generated file says of it.</param>
/// <param name="Place">Where it stands in the specification.</param>
public sealed record LayerRow(
    Layer Layer, string Identity, Shape Input, Shape Output, IReadOnlyList<TensorSpec> Parameters, IReadOnlyList<TensorSpec> State, IReadOnlyList<string> Notes, EquatableArray<int> Place)
{
    /// <summary>Floating-point operations of the layer for one sample, in the unoptimised forward graph.</summary>
    public long Flops { get; set; }
}

/// <summary>A parameter, or a tensor of state.</summary>
/// <param name="Name">PyTorch's name: <c>dense1.weight</c>.</param>
/// <param name="LogicalShape">PyTorch's shape.</param>
/// <param name="Shape">The shape in memory.</param>
/// <param name="Layout">How its elements lie in memory; null for PyTorch's order.</param>
/// <param name="Offset">Place in the flat buffer, in floats; a multiple of 16.</param>
/// <param name="Initialization">How it starts.</param>
public sealed record TensorSpec(string Name, Shape LogicalShape, Shape Shape, TensorLayout? Layout, int Offset, Initialization Initialization)
{
    /// <summary>Floats of alignment: one cache line.</summary>
    public const int Alignment = 16;

    public int Count => (int)Shape.Count;

    /// <summary>Where the next tensor may start.</summary>
    public int End => (Offset + Count + Alignment - 1) / Alignment * Alignment;
}

/// <summary>How a tensor's elements lie in memory: its axes, of which some may be divided, in another order.</summary>
/// <param name="View">PyTorch's axes, of which some may be divided.</param>
/// <param name="Order">Which axis of the view comes first in memory, which second, and so on.</param>
public sealed record TensorLayout(EquatableArray<int> View, EquatableArray<int> Order)
{
    /// <summary>The transpose of a matrix.</summary>
    public static TensorLayout Transposed(int rows, int columns) => new(new([rows, columns]), new([1, 0]));

    /// <summary>The extents in memory.</summary>
    public IEnumerable<int> Extents => Order.Select(axis => View[axis]);
}

/// <summary>How a tensor starts.</summary>
/// <param name="Kind">The distribution.</param>
/// <param name="Value">Half the width, the standard deviation or the constant.</param>
/// <param name="Formula">Where the value comes from, for a comment.</param>
public sealed record Initialization(InitializationKind Kind, float Value, string Formula)
{
    public static Initialization Zeros { get; } = Constant(0);

    public static Initialization Constant(float value) => new(InitializationKind.Constant, value, "");
}

public enum InitializationKind
{
    Constant,
    Uniform,
    Normal,
}

/// <summary>State that is fitted to an input.</summary>
/// <param name="Input">The input that it reads.</param>
/// <param name="Axis">The axis that its numbers run along.</param>
/// <param name="Method">The method of the runtime's <c>Statistics</c> that fits it.</param>
/// <param name="State">The names of the state, as the method takes them.</param>
public sealed record FitSpec(InputSpec Input, int Axis, string Method, IReadOnlyList<string> State);
