namespace NetGen.Training;

/// <summary>Finds where the numbers of a network stop being numbers: the first layer whose output or gradient is NaN or infinite.</summary>
/// <example><code>
/// if (!float.IsFinite(loss))
/// {
///     Console.WriteLine(NumericGuard.Find(net, batch));   // the output of dense2 holds infinity: 3 of 320 numbers, the first in sample 2
/// }
/// </code></example>
public static class NumericGuard
{
    /// <summary>
    /// Runs one batch forward and backward and looks at everything in the order in which it comes to be: the batch, parameters and state, outputs layer by layer, the loss, and
    /// gradients from the last layer to the first.
    /// </summary>
    /// <remarks>
    /// <para>
    /// It costs one <see cref="ITrainable.Forward"/> and <see cref="ITrainable.Backward"/> and looks at every number once; networks pay nothing for
    /// it otherwise. Parameters and state stay as they are, gradients are those of this batch afterwards. An <see cref="IStateful"/> network computes
    /// from states of zero and starts the next batch there.
    /// </para>
    /// <para>
    /// It sees what <see cref="IKeepsActivations"/> shows: a sum that only exists in the registers of a fused kernel is named as a layer in between
    /// (<see cref="NumericFinding.Unseen"/>). Gradients are those of parameters: that of a layer's output shows in the parameters before it.
    /// Dropout drops what the next training step would drop. Inputs that are NaN are missing numbers, and no finding, where the network has <c>[Impute]</c>.
    /// </para>
    /// </remarks>
    /// <param name="network">A network; one that is not generated shows no outputs of layers.</param>
    /// <param name="batch">The samples to run: those at which a training failed.</param>
    /// <returns>What was found first; null when all numbers are finite.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="network"/> is null.</exception>
    /// <exception cref="ArgumentException">The batch does not fit the network.</exception>
    public static NumericFinding? Find(ITrainable network, in Batch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        NumericFinding? before = Look(NumericPlace.Input, "input", batch.Inputs, batch.Count, allowsNaN: network.Info.TakesMissing)
            ?? Look(NumericPlace.Target, "target", batch.Targets, batch.Count)
            ?? LookAt(NumericPlace.Parameter, network.Info.Parameters, network.Parameters)
            ?? LookAt(NumericPlace.State, network.Info.State, network.State);
        if (before is not null)
        {
            return before;
        }
        float[] state = network.State.ToArray();
        try
        {
            (network as IStateful)?.ResetStates();
            float loss = network.Forward(batch);
            NumericFinding? found = LookAtActivations(network, batch.Count) ?? Look(NumericPlace.Loss, "loss", [loss], samples: 0);
            network.Backward();
            return found ?? LookAt(NumericPlace.Gradient, network.Info.Parameters.Reverse(), network.Gradients);
        }
        finally
        {
            state.CopyTo(network.State);
            (network as IStateful)?.ResetStates();
        }
    }

    private static NumericFinding? LookAtActivations(ITrainable network, int samples)
    {
        NumericFinding? found = null;
        int next = 0;   // the first layer that has not been passed yet
        (network as IKeepsActivations)?.ReadActivations((layer, values) =>
        {
            if (found is not null)
            {
                return;
            }
            int first = next;
            IReadOnlyList<LayerInfo> layers = network.Info.Layers;
            while (next < layers.Count && layers[next].Name != layer)
            {
                next++;
            }
            found = Look(NumericPlace.Output, layer, values, samples) is { } finding
                ? finding with { Unseen = [.. layers.Take(next).Skip(first).Select(unseen => unseen.Name)] }
                : null;
            next++;
        });
        return found;
    }

    private static NumericFinding? LookAt(NumericPlace place, IEnumerable<TensorInfo> tensors, ReadOnlySpan<float> buffer)
    {
        foreach (TensorInfo tensor in tensors)
        {
            if (Look(place, tensor.Name, buffer.Slice(tensor.Offset, tensor.Length), samples: 0) is { } finding)
            {
                return finding;
            }
        }
        return null;
    }

    private static NumericFinding? Look(NumericPlace place, string name, ReadOnlySpan<float> values, int samples, bool allowsNaN = false)
    {
        int first = -1;
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]) && !(allowsNaN && float.IsNaN(values[i])))
            {
                first = first < 0 ? i : first;
                count++;
            }
        }
        return count == 0 ? null : new NumericFinding(place, name, values[first], count, values.Length, samples == 0 ? null : first / (values.Length / samples));
    }
}
