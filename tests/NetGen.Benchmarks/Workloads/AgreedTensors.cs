using NetGen.Benchmarks.Images;

namespace NetGen.Benchmarks.Workloads;

/// <summary>Gives NetGen's networks the <see cref="AgreedNumbers"/> that peers' networks have.</summary>
internal static class AgreedTensors
{
    /// <summary>Overwrites all parameters and running statistics.</summary>
    /// <returns>The network.</returns>
    /// <exception cref="InvalidOperationException">The two networks differ in their tensors; the message says where.</exception>
    public static TNetwork Give<TNetwork>(TNetwork net, ImageNetwork network)
        where TNetwork : INetwork
    {
        // NetGen's layers by the prefix of their tensors' names, in order of execution.
        IGrouping<string, TensorInfo>[] layers = [.. net.Info.Parameters.Concat(net.Info.State).GroupBy(tensor => tensor.Name[..tensor.Name.LastIndexOf('.')])];
        var agreed = AgreedNumbers.Tensors(network).ToArray();
        if (layers.Length != agreed.Length) throw Different($"{layers.Length} layers have tensors, not {agreed.Length}");
        foreach ((IGrouping<string, TensorInfo> layer, (string Name, int[] Shape, float[] Values)[] tensors) in layers.Zip(agreed))
        {
            if (layer.Count() != tensors.Length) throw Different($"{layer.Key} has {layer.Count()} tensors, not {tensors.Length}");
            foreach ((string name, int[] shape, float[] values) in tensors)
            {
                TensorInfo tensor = layer.FirstOrDefault(tensor => tensor.Name == $"{layer.Key}.{name}") ?? throw Different($"{layer.Key} has no {name}");
                if (!Extents(tensor.Shape).SequenceEqual(shape)) throw Different($"{tensor.Name} is {tensor.Shape}, not ({string.Join(", ", shape)})");
                net.Import(tensor.Name, values);
            }
        }
        return net;

        InvalidOperationException Different(string how) => new($"{net.Info.Name} is not the network that its peers compute: {how}.");
    }

    private static IEnumerable<int> Extents(Shape shape) => Enumerable.Range(0, shape.Rank).Select(axis => shape[axis]);
}
