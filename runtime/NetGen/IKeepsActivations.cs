namespace NetGen;

/// <summary>
/// A network that shows what its layers gave in the last <see cref="ITrainable.Forward"/>. Every generated class with a loss implements it; it costs nothing where nobody asks.
/// </summary>
public interface IKeepsActivations : ITrainable
{
    /// <summary>
    /// Reads the outputs of layers, in the order in which they were computed. There are those that <see cref="ITrainable.Backward"/> needs: an output that only exists within another
    /// layer's kernel, such as a sum before its ReLU, or that a later layer overwrote, is not among them.
    /// </summary>
    /// <param name="reader">Called once for each.</param>
    /// <exception cref="InvalidOperationException">The last call was not <see cref="ITrainable.Forward"/>: Backward and TrainStep overwrite what it kept.</exception>
    void ReadActivations(ActivationReader reader);
}

/// <summary>Gets what a layer gave.</summary>
/// <param name="layer">The layer's name: one of <see cref="NetworkInfo.Layers"/>.</param>
/// <param name="values">Its output, sample after sample; within one, images have their channels last. The network's own memory.</param>
public delegate void ActivationReader(string layer, ReadOnlySpan<float> values);
