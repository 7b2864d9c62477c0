namespace NetGen.Training;

/// <summary>
/// Changes training samples a little each time they are used, so that the network never sees quite the same sample twice. Targets, validation and
/// test samples stay as they are. <see cref="Trainer{TNetwork}.Augmentation"/> takes one.
/// </summary>
/// <remarks>
/// <see cref="object.ToString"/> gives the class and its settings, in every culture alike, as <c>Noise(deviation 0.1)</c>: logs and reports name it
/// so, and checkpoints know it again by that.
/// </remarks>
public interface IAugmentation
{
    /// <summary>Checks that it can change samples of a network; called once, before training changes anything.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    void Check(NetworkInfo network);

    /// <summary>
    /// Changes one sample in place. Must allocate nothing, and its result may depend on the sample and on <paramref name="random"/> only: calls come
    /// in any order, perhaps from several threads at once.
    /// </summary>
    /// <param name="sample"><c>[InputSize]</c>: a copy of one sample, all inputs in order of declaration.</param>
    /// <param name="network">The network that it is for, which has passed <see cref="Check"/>.</param>
    /// <param name="random">Numbers of this sample's own: the same at the same step with the same seed.</param>
    void Apply(Span<float> sample, NetworkInfo network, ref SplitMix64 random);
}
