namespace NetGen;

/// <summary>Matches the tensors of a file with those of a network. All that can fail comes before the first write.</summary>
internal sealed class NetworkLoader
{
    /// <summary>How PyTorch's batch norm counts its batches, which nothing reads unless its momentum is None.</summary>
    private const string BatchCounter = ".num_batches_tracked";

    private readonly INetwork _network;
    private readonly SafetensorsFile _file;
    private readonly string? _fileName;
    private readonly LoadOptions _options;
    private readonly List<(SafetensorsTensor From, TensorSlot To)> _matches = [];
    private readonly List<string> _unused = [];
    private readonly List<string> _missing = [];
    private long? _step;

    private NetworkLoader(INetwork network, SafetensorsFile file, string? fileName, LoadOptions options)
    {
        _network = network;
        _file = file;
        _fileName = fileName;
        _options = options;
    }

    /// <summary>Loads a file that has been read and checked.</summary>
    /// <param name="network">What to overwrite.</param>
    /// <param name="file">The file.</param>
    /// <param name="fileName">Its name for messages, where there is one.</param>
    /// <param name="options">How to match.</param>
    /// <exception cref="NetworkFormatException">The file does not fit; the network is as it was.</exception>
    public static LoadReport Load(INetwork network, SafetensorsFile file, string? fileName, LoadOptions options) => Check(network, file, fileName, options).Write();

    /// <summary>All of <see cref="Load"/> that can fail.</summary>
    /// <inheritdoc cref="Load" path="/param"/>
    /// <exception cref="NetworkFormatException">The file does not fit.</exception>
    public static NetworkLoader Check(INetwork network, SafetensorsFile file, string? fileName, LoadOptions options)
    {
        NetworkLoader loader = new(network, file, fileName, options);
        NetworkMetadata.CheckVersion(file, fileName);
        if (file.Metadata.ContainsKey(FrozenFile.PlanKey))
        {
            throw NetworkFormatException.Create(
                fileName, null, "the parameters of a network", $"the final bytes of {NetworkMetadata.NameOf(file)}, frozen",
                "Load the file that Save wrote; a frozen one is for [Weights] and NetworkMode.Inference.");
        }
        long? step = NetworkMetadata.StepOf(file, fileName);
        bool? same = NetworkMetadata.IsOf(file, network.Info);
        NetworkFormatException? problem = loader.Match();
        if (same == false && !options.AllowsOtherNetworks)
        {
            throw loader.OtherNetwork(problem);
        }
        if (problem is not null)
        {
            throw problem;
        }
        loader._step = same == true && loader._missing.Count == 0 ? step : null;
        return loader;
    }

    /// <summary>Fills the lists.</summary>
    /// <returns>The first thing that does not fit; null when all does.</returns>
    private NetworkFormatException? Match()
    {
        NetworkFormatException? problem = null;
        TensorSlot[] slots = [.. TensorSlot.Of(_network.Info)];
        Dictionary<string, TensorSlot> free = slots.ToDictionary(slot => slot.Tensor.Name);
        Dictionary<string, string> taken = [];
        foreach (SafetensorsTensor tensor in _file.Tensors)
        {
            string? name = _options.MapName is null ? tensor.Name : _options.MapName(tensor.Name);
            if (name is null || name.EndsWith(BatchCounter, StringComparison.Ordinal) || name.StartsWith(GoldenSamples.Reserved, StringComparison.Ordinal))
            {
                continue;
            }
            if (taken.TryGetValue(name, out string? other))
            {
                problem ??= Bad(tensor.Name, $"one tensor for {name}", $"{other} for it too", "Let LoadOptions.MapName return null for one of them.");
            }
            else if (free.Remove(name, out TensorSlot slot))
            {
                taken.Add(name, tensor.Name);
                problem ??= Compare(tensor, slot.Tensor);
                _matches.Add((tensor, slot));
            }
            else
            {
                _unused.Add(tensor.Name);
            }
        }
        _missing.AddRange(slots.Select(slot => slot.Tensor.Name).Where(free.ContainsKey));
        return problem ?? Missing(free) ?? Unused();
    }

    private NetworkFormatException? Compare(SafetensorsTensor tensor, TensorInfo expected)
    {
        if (!SafetensorsTypes.ConvertsToFloat(tensor.Type))
        {
            return Bad(
                tensor.Name,
                "F32, F16, BF16 or F64",
                SafetensorsTypes.NameOf(tensor.Type),
                "Convert it before saving, or skip it with LoadOptions.MapName.");
        }
        if (!tensor.IsOf(expected.Shape))
        {
            string found = tensor.Shape.Count == 0 ? "scalar" : string.Join('x', tensor.Shape);
            return Bad(
                tensor.Name,
                $"shape {expected.Shape} of {_network.Info.Name}'s {expected.Name}",
                found,
                "Load it into the network that saved it, or skip it with LoadOptions.MapName.");
        }
        return null;
    }

    private NetworkFormatException? Missing(Dictionary<string, TensorSlot> free)
    {
        bool nothing = _matches.Count == 0 && _missing.Count > 0;
        if (_missing.Count == 0 || (_options.AllowMissing && !nothing))
        {
            return null;
        }
        string found = _unused.Count == 0 ? "none of that name" : $"only others: {Names(_unused)}";
        string advice = nothing
            ? "Nothing in the file fits the network: map its names with LoadOptions.MapName."
            : "Map the file's names with LoadOptions.MapName, or set LoadOptions.AllowMissing to keep what the network holds.";
        return Bad(
            _missing[0], $"all of {_network.Info.Name}'s tensors, such as {Names(_missing)} ({free[_missing[0]].Tensor.Shape})", found, advice);
    }

    private NetworkFormatException? Unused() =>
        _unused.Count == 0 || _options.AllowUnused
            ? null
            : Bad(
                _unused[0],
                $"only tensors of {_network.Info.Name}",
                $"also {Names(_unused)}",
                "Set LoadOptions.AllowUnused to ignore them, or map their names with LoadOptions.MapName.");

    private NetworkFormatException OtherNetwork(NetworkFormatException? problem) => NetworkFormatException.Create(
        _fileName,
        problem?.Tensor,
        problem?.Expected ?? $"network {_network.Info.Name}",
        problem is null
            ? $"network {NetworkMetadata.NameOf(_file)} with the same tensors but another architecture"
            : $"{problem.Found} in the file of network {NetworkMetadata.NameOf(_file)}",
        "Load it into the network that saved it, or give LoadOptions to take over the tensors that match.",
        problem);

    /// <summary>Overwrites what <see cref="Check"/> has matched.</summary>
    public LoadReport Write()
    {
        // Allocated before the first write: from here on nothing fails.
        float[] values = new float[_matches.Select(match => match.From.Count).DefaultIfEmpty().Max()];
        LoadReport report = new([.. _matches.Select(match => match.To.Tensor.Name)], _missing, _unused, _step);
        foreach ((SafetensorsTensor from, TensorSlot to) in _matches)
        {
            Span<float> tensor = values.AsSpan(0, from.Count);
            from.CopyTo(tensor);
            to.Import(_network, tensor);
        }
        _network.StepCount = _step ?? _network.StepCount;
        return report;
    }

    private NetworkFormatException Bad(string tensor, string expected, string found, string advice) =>
        NetworkFormatException.Create(_fileName, tensor, expected, found, advice);

    private static string Names(List<string> names) => string.Join(", ", names.Take(5)) + (names.Count > 5 ? $" and {names.Count - 5} more" : "");
}
