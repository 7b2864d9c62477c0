using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Lowering;

/// <summary>
/// Holds a weights file against its network, by the rules of the runtime's strict <c>Load</c>: all tensors of the network and no others, under its names and in its shapes, and the
/// same architecture where the file says which it is of.
/// </summary>
internal static class WeightsBinder
{
    /// <summary>The newest version of files that this compiler knows: the runtime's <c>NetworkMetadata.Version</c>.</summary>
    private const int NewestVersion = 1;

    /// <summary>How PyTorch's batch norm counts its batches, which nothing reads.</summary>
    private const string BatchCounter = ".num_batches_tracked";

    private const string Advice = "save the weights of this network again, or change its layers back";

    private static readonly string[] Types = ["F32", "F16", "BF16", "F64"];

    /// <summary>Finds the place of each tensor.</summary>
    /// <exception cref="LoweringException">The file does not fit.</exception>
    public static BoundWeights Bind(NetworkSpec network, WeightsSpec weights, LoweredNetwork lowered)
    {
        WeightsManifest file = Readable(network, weights);
        CheckVersion(file);
        string? architecture = MetadataOf(file, "netgen.architecture");
        bool another = architecture is not null && architecture != Architecture.Hash(lowered);
        var bound = new List<BoundTensor>();
        Dictionary<string, (TensorSpec Tensor, bool IsState, int Index)> free = lowered.Parameters.Select((tensor, index) => (tensor, isState: false, index))
            .Concat(lowered.State.Select((tensor, index) => (tensor, isState: true, index)))
            .ToDictionary(place => place.tensor.Name, place => (place.tensor, place.isState, place.index));
        WeightsTensor? unused = null;
        foreach (WeightsTensor tensor in file.Tensors.Where(tensor => !tensor.Name.EndsWith(BatchCounter, StringComparison.Ordinal)))
        {
            if (!free.TryGetValue(tensor.Name, out var place))
            {
                unused ??= tensor;
                continue;
            }
            free.Remove(tensor.Name);
            Compare(file, tensor, place.Tensor);
            bound.Add(new(tensor, place.IsState, place.Index));
        }
        if (free.Values.OrderBy(place => (place.IsState, place.Index)).FirstOrDefault() is { Tensor: { } missing })
        {
            string found = unused is null ? "none of that name" : $"none of that name, but {unused.Name}";
            throw DoesNotFit(file, missing.Name, missing.LogicalShape.Describe(), found, "save the weights under the network's names, which Load(path, new LoadOptions { MapName = ... }) gives them");
        }
        if (unused is not null)
        {
            throw DoesNotFit(file, unused.Name, $"only tensors of {network.Type.Name}", Describe(unused), Advice);
        }
        if (another)
        {
            throw new LoweringException(new(IssueDescriptors.WeightsOfAnother, Issue.AtWeights, "file", new([
                file.File, $"weights of {network.Type.Name}", $"those of {MetadataOf(file, "netgen.network") ?? "a network"} with the same tensors, but other layers", Advice])));
        }
        return new(weights, file, [.. bound.OrderBy(tensor => tensor.IsState).ThenBy(tensor => tensor.Index)], StepsOf(file));
    }

    /// <summary>What the build found in the file.</summary>
    private static WeightsManifest Readable(NetworkSpec network, WeightsSpec weights) => weights.Manifest switch
    {
        null => throw new LoweringException(new(IssueDescriptors.UnknownWeights, Issue.AtWeights, "file", new([network.Type.Name, weights.File, "add it, and build the project"]))),
        { Problem: { } problem } => throw new LoweringException(new(IssueDescriptors.UnreadableWeights, Issue.AtWeights, "file", new([weights.File, problem]))),
        { } file => file,
    };

    private static void CheckVersion(WeightsManifest file)
    {
        if (MetadataOf(file, "netgen.version") is { } text && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int version) && version is >= 1 and <= NewestVersion))
        {
            throw new LoweringException(new(IssueDescriptors.WeightsOfAnother, Issue.AtWeights, "file", new([
                file.File, $"netgen.version of at most {NewestVersion}", $"'{text}'", "a newer NetGen wrote the file, so update the NetGen package"])));
        }
    }

    private static long? StepsOf(WeightsManifest file) => MetadataOf(file, "netgen.step") is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long steps) ? steps
        : throw new LoweringException(new(IssueDescriptors.UnreadableWeights, Issue.AtWeights, "file", new([
            file.File, $"expected netgen.step that is a whole number of at least 0, found '{text}'; copy the file again or save it again"])));

    private static void Compare(WeightsManifest file, WeightsTensor tensor, TensorSpec expected)
    {
        if (!Types.Contains(tensor.Type))
        {
            throw DoesNotFit(file, tensor.Name, "F32, F16, BF16 or F64", tensor.Type, "convert it before saving");
        }
        if (!tensor.Shape.SequenceEqual(expected.LogicalShape.Extents.Select(extent => (long)extent)))
        {
            throw DoesNotFit(file, tensor.Name, expected.LogicalShape.Describe(), Describe(tensor), Advice);
        }
    }

    private static string Describe(WeightsTensor tensor) => tensor.Shape.Count == 0 ? "a scalar" : string.Join("x", tensor.Shape);

    private static string? MetadataOf(WeightsManifest file, string key) => file.Metadata.FirstOrDefault(entry => entry.Key == key)?.Value;

    private static LoweringException DoesNotFit(WeightsManifest file, string tensor, string expected, string found, string advice) =>
        new(new(IssueDescriptors.WeightsDoNotFit, Issue.AtWeights, "file", new([file.File, Shorten(tensor), expected, Shorten(found), advice])));

    // A damaged file can hold names of any length.
    private static string Shorten(string text) => text.Length <= 300 ? text : text.Substring(0, 300) + "...";
}
