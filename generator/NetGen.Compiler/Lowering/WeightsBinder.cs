using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Passes;
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

    /// <summary>What the names of tensors start with that are NetGen's own and no network's.</summary>
    private const string Reserved = "netgen.";

    private const string Advice = "save the weights of this network again, or change its layers back";

    private static readonly string[] Types = ["F32", "F16", "BF16", "F64"];

    /// <summary>Finds the place of each tensor.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its attribute.</param>
    /// <param name="lowered">The network, as its author sees it.</param>
    /// <param name="plan">The network with fixed parameters, where it is asked for.</param>
    /// <exception cref="LoweringException">The file does not fit.</exception>
    public static BoundWeights Bind(NetworkSpec network, WeightsSpec weights, LoweredNetwork lowered, Func<InferencePlan> plan)
    {
        WeightsManifest file = Readable(network, weights);
        CheckVersion(file);
        if (MetadataOf(file, "netgen.plan") is { } frozen)
        {
            return BindFrozen(network, weights, file, lowered, frozen, plan);
        }
        string? architecture = MetadataOf(file, "netgen.architecture");
        bool another = architecture is not null && architecture != Architecture.Hash(lowered);
        var bound = new List<BoundTensor>();
        Dictionary<string, (TensorSpec Tensor, bool IsState, int Index)> free = lowered.Parameters.Select((tensor, index) => (tensor, isState: false, index))
            .Concat(lowered.State.Select((tensor, index) => (tensor, isState: true, index)))
            .ToDictionary(place => place.tensor.Name, place => (place.tensor, place.isState, place.index));
        WeightsTensor? unused = null;
        foreach (WeightsTensor tensor in file.Tensors.Where(tensor =>
            !tensor.Name.EndsWith(BatchCounter, StringComparison.Ordinal) && !tensor.Name.StartsWith(Reserved, StringComparison.Ordinal)))
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
            throw DoesNotFit(file, missing.Name, missing.LogicalShape.Describe(), found,
                "save the weights under the network's names, which Load(path, new LoadOptions { MapName = ... }) gives them");
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
        if (weights.Form == WeightsForm.Literals && bound.Any(tensor => tensor.Source.Values.Count == 0))
        {
            throw NoLiterals(file, $"is larger than {Literal.Grouped(WeightsManifest.MostLiterals)} floats, the most that the C# compiler and a reader should be asked to read");
        }
        return new(weights, file, [.. bound.OrderBy(tensor => tensor.IsState).ThenBy(tensor => tensor.Index)], StepsOf(file)) { Golden = GoldenOf(file, lowered) };
    }

    private static BoundWeights BindFrozen(NetworkSpec network, WeightsSpec weights, WeightsManifest file, LoweredNetwork lowered, string hash, Func<InferencePlan> plan)
    {
        if (network.Mode != NetworkMode.Inference)
        {
            throw FrozenDoesNotFit(
                "holds the final bytes of a network that only predicts", $"add Mode = NetworkMode.Inference to the [Network] of {network.Type.Name}, or name the file that Save wrote");
        }
        if (weights.Form == WeightsForm.Literals)
        {
            throw NoLiterals(file, "holds frozen bytes, in an order that says nothing to a reader");
        }
        string again = $"freeze it again: load the trained weights into a network of these layers and call Freeze(\"{file.File}\")";
        if (MetadataOf(file, "netgen.architecture") != Architecture.Hash(lowered))
        {
            throw FrozenDoesNotFit($"was frozen of {MetadataOf(file, "netgen.network") ?? "a network"} with other layers than {network.Type.Name} has", again);
        }
        InferencePlan expected = plan();
        WeightsTensor? bytes = file.Tensors.FirstOrDefault(tensor => tensor.Name == BoundWeights.FrozenTensor);
        return hash != expected.Hash ? throw FrozenDoesNotFit("was frozen by another version of NetGen, whose bytes have another meaning", again)
            : bytes is not { Type: "F32" } || !bytes.Shape.SequenceEqual([expected.Length])
                ? throw FrozenDoesNotFit($"should hold {expected.Length} numbers in {BoundWeights.FrozenTensor}", again)
            : new(weights, file, [], Steps: null) { Frozen = bytes, Golden = GoldenOf(file, lowered) };

        LoweringException FrozenDoesNotFit(string what, string advice) => new(new(IssueDescriptors.FrozenDoesNotFit, Issue.AtWeights, "file", new([file.File, what, advice])));
    }

    private static GoldenTensors? GoldenOf(WeightsManifest file, LoweredNetwork network)
    {
        WeightsTensor? inputs = Find("netgen.golden.inputs", network.Inputs.Sum(input => input.Shape.Count));
        WeightsTensor? outputs = Find("netgen.golden.outputs", network.OutputShape.Count);
        return (inputs, outputs) switch
        {
            (null, null) => null,
            ({ } given, { } expected) when given.Shape[0] == expected.Shape[0] => new(given.Begin, expected.Begin, given.Shape[0]),
            _ => throw DoesNotFit(file, "netgen.golden.outputs", "a row for each row of netgen.golden.inputs", outputs is null ? "none of that name" : Describe(outputs), Advice),
        };

        WeightsTensor? Find(string name, long width) => file.Tensors.FirstOrDefault(tensor => tensor.Name == name) is not { } tensor ? null
            : tensor is { Type: "F32", Shape.Count: 2 } && tensor.Shape[0] >= 1 && tensor.Shape[1] == width ? tensor
            : throw DoesNotFit(file, name, $"F32, samples of {width} numbers", $"{tensor.Type}, {Describe(tensor)}", Advice);
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

    private static LoweringException NoLiterals(WeightsManifest file, string why) => new(new(IssueDescriptors.NoLiterals, Issue.AtWeights, "as", new([file.File, why])));

    private static LoweringException DoesNotFit(WeightsManifest file, string tensor, string expected, string found, string advice) =>
        new(new(IssueDescriptors.WeightsDoNotFit, Issue.AtWeights, "file", new([file.File, Shorten(tensor), expected, Shorten(found), advice])));

    // A damaged file can hold names of any length.
    private static string Shorten(string text) => text.Length <= 300 ? text : text.Substring(0, 300) + "...";
}
