namespace NetGen;

/// <summary>Saves, loads, reads and writes what a network has learnt, under PyTorch's names and in its shapes and order.</summary>
public static class NetworkExtensions
{
    extension(INetwork network)
    {
        /// <summary>
        /// Saves parameters, state and step as a safetensors file. A file that was there is replaced only when the new one is complete.
        /// </summary>
        /// <param name="path">Where to.</param>
        /// <param name="golden"><c>[n, InputSize]</c>: samples to save with the outputs that the network gives for them now, so that a class that embeds the file can be checked.</param>
        /// <exception cref="DirectoryNotFoundException">The folder of <paramref name="path"/> does not exist.</exception>
        /// <exception cref="IOException">The file cannot be written; what was there is still there.</exception>
        /// <exception cref="ArgumentException"><paramref name="golden"/> is not a whole number of samples.</exception>
        public void Save(string path, ReadOnlySpan<float> golden = default) => Snapshot(network, golden).Write(path);

        /// <summary>Saves parameters, state and step in the safetensors format.</summary>
        /// <param name="stream">Written from its position on, and left open.</param>
        /// <param name="golden"><c>[n, InputSize]</c>: samples to save with their outputs.</param>
        /// <exception cref="ArgumentException"><paramref name="golden"/> is not a whole number of samples.</exception>
        public void Save(Stream stream, ReadOnlySpan<float> golden = default) => Snapshot(network, golden).Write(stream);

        /// <summary>
        /// Loads a safetensors file of this network or, with names mapped, of PyTorch. The file is checked whole first: on any exception the
        /// network is as it was.
        /// </summary>
        /// <param name="path">The file.</param>
        /// <param name="options">How to match the file's tensors with the network's; strictly by default.</param>
        /// <returns>What was loaded and what was not.</returns>
        /// <exception cref="NetworkFormatException">The file is damaged, newer than this library, or does not fit the network.</exception>
        /// <exception cref="IOException">The file is missing or cannot be read.</exception>
        public LoadReport Load(string path, LoadOptions? options = null)
        {
            using FileStream stream = File.OpenRead(path);
            return network.Load(stream, options);
        }

        /// <summary>
        /// Loads from a stream, from its position to its end, as <see cref="Load(INetwork, string, LoadOptions?)"/> does from a file.
        /// </summary>
        /// <param name="stream">Read to its end, and left open.</param>
        /// <param name="options">How to match the stream's tensors with the network's; strictly by default.</param>
        /// <returns>What was loaded and what was not.</returns>
        /// <exception cref="NetworkFormatException">The stream is damaged, newer than this library, or does not fit the network.</exception>
        public LoadReport Load(Stream stream, LoadOptions? options = null) =>
            NetworkLoader.Load(network, SafetensorsFile.Read(stream), SafetensorsFile.NameOf(stream), options ?? new LoadOptions());

        /// <summary>Copies one parameter, or one tensor of state, in PyTorch's shape and order.</summary>
        /// <param name="name">Such as <c>dense1.weight</c>.</param>
        /// <param name="destination">As many floats as its shape in <see cref="NetworkInfo"/> counts: <c>[out, in]</c> for the weight of a dense
        /// layer.</param>
        /// <exception cref="ArgumentException">There is no such tensor, or the destination is of another length.</exception>
        public void Export(string name, Span<float> destination) =>
            TensorSlot.Find(network.Info, name, destination.Length, nameof(destination)).Export(network, destination);

        /// <summary>Overwrites one parameter, or one tensor of state, from PyTorch's shape and order.</summary>
        /// <param name="name">Such as <c>dense1.weight</c>.</param>
        /// <param name="source">As many floats as its shape in <see cref="NetworkInfo"/> counts: <c>[out, in]</c> for the weight of a dense
        /// layer.</param>
        /// <exception cref="ArgumentException">There is no such tensor, or the source is of another length.</exception>
        public void Import(string name, ReadOnlySpan<float> source) =>
            TensorSlot.Find(network.Info, name, source.Length, nameof(source)).Import(network, source);
    }

    extension(IFreezable network)
    {
        /// <summary>
        /// Writes the final bytes of the network with its parameters as they are now, for a class of the same layers with <see cref="NetworkMode.Inference"/> to read where they lie in its
        /// assembly. The file fits this version of the network and of NetGen; keep what <c>Save</c> wrote to freeze again.
        /// </summary>
        /// <param name="path">Where to, such as <c>digits.netgen</c>. A file that was there is replaced only when the new one is complete.</param>
        /// <param name="golden"><c>[n, InputSize]</c>: samples to write with the outputs that this network gives for them.</param>
        /// <exception cref="DirectoryNotFoundException">The folder of <paramref name="path"/> does not exist.</exception>
        /// <exception cref="IOException">The file cannot be written; what was there is still there.</exception>
        /// <exception cref="ArgumentException"><paramref name="golden"/> is not a whole number of samples.</exception>
        public void Freeze(string path, ReadOnlySpan<float> golden = default) => FrozenFile.Of(network, golden).Write(path);

        /// <summary>Writes the final bytes of the network, as <see cref="Freeze(IFreezable, string, ReadOnlySpan{float})"/> does.</summary>
        /// <param name="stream">Written from its position on, and left open.</param>
        /// <param name="golden"><c>[n, InputSize]</c>: samples to write with the outputs that this network gives for them.</param>
        /// <exception cref="ArgumentException"><paramref name="golden"/> is not a whole number of samples.</exception>
        public void Freeze(Stream stream, ReadOnlySpan<float> golden = default) => FrozenFile.Of(network, golden).Write(stream);
    }

    private static SafetensorsFile Snapshot(INetwork network, ReadOnlySpan<float> golden) => new(
        [.. FlatTensors.Of(network.Parameters, network.Info.Parameters), .. FlatTensors.Of(network.State, network.Info.State), .. GoldenSamples.Of(network, golden)],
        NetworkMetadata.Of(network));
}
