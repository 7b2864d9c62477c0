using System.Text.Json.Serialization;

namespace NetGen.Cli.Reading;

/// <summary>What a network compiled to, as its assembly says: <c>docs/inspect.md</c> describes all members, of which these are used here.</summary>
/// <param name="Schema">The version of the description.</param>
/// <param name="Name">The class's name.</param>
/// <param name="FullName">The same with namespace and types around it.</param>
/// <param name="Mode"><c>training</c>, <c>prediction</c> or <c>inference</c>.</param>
/// <param name="Output">The shape of what it gives.</param>
/// <param name="Totals">What it costs.</param>
/// <param name="Layers">Inputs, layers and losses.</param>
/// <param name="Edges">Which layer reads what which other gives: pairs of indices, from and to.</param>
public sealed record Network(
    int Schema, string Name, string FullName, string Mode, string Output, Cost Totals, IReadOnlyList<NetworkLayer> Layers, IReadOnlyList<IReadOnlyList<int>> Edges);

/// <summary>An input, a layer or a loss.</summary>
/// <param name="Path">Its name with the blocks around it.</param>
/// <param name="Description">As the user wrote it.</param>
/// <param name="Kind"><c>input</c>, <c>layer</c>, <c>block</c> for one whose layers do all of its work, or <c>loss</c>.</param>
/// <param name="Input">The shape that it reads.</param>
/// <param name="Output">The shape that it gives.</param>
/// <param name="Source">Where it stands in the user's source; null where that is not known.</param>
/// <param name="Cost">What it costs; null for inputs and losses.</param>
/// <param name="Tensors">What it owns; null for inputs and losses.</param>
public sealed record NetworkLayer(
    string Path, string Description, string Kind, string Input, string Output, SourceLine? Source, Cost? Cost, IReadOnlyList<Tensor>? Tensors);

/// <summary>A line of the user's source.</summary>
public sealed record SourceLine(string File, int Line);

/// <summary>What predicting one sample costs, and what a training step computes for it.</summary>
public sealed record Cost(long Parameters, long ArenaBytes, long Flops, long TrainingFlops, long BytesMoved, long CodeBytes, double Nanoseconds);

/// <summary>A parameter, or a tensor of state.</summary>
public sealed record Tensor(string Name, string Shape, int Offset, int Count, bool Trained);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Network))]
[JsonSerializable(typeof(IReadOnlyList<Network>))]
[JsonSerializable(typeof(IReadOnlyList<Commands.Difference>))]
[JsonSerializable(typeof(IReadOnlyList<TensorStatistics>))]
internal sealed partial class JsonModel : JsonSerializerContext;
