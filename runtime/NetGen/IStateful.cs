namespace NetGen;

/// <summary>
/// A network that carries the states of its recurrences from one training batch to the next: <c>[Network(Stateful = true)]</c>. Sample i of a batch goes on where sample i of the batch
/// before ended, so a long sequence is learned window by window.
/// </summary>
/// <remarks>
/// <see cref="ITrainable.Forward"/> and <see cref="ITrainable.TrainStep"/> start with the states that the batch before left, at zero after <see cref="ResetStates"/>, and leave theirs; with
/// lengths those after each sample's last real step. No gradient goes back into an earlier batch: this is truncated backpropagation through time. All batches between two resets have as many
/// samples, otherwise an <see cref="InvalidOperationException"/> is thrown and nothing has been changed.
/// <c>Predict</c>, <see cref="ITrainable.Evaluate"/> and streams neither read nor change these states; a stream carries its own.
/// </remarks>
public interface IStateful : ITrainable
{
    /// <summary>The next batch starts at zero, with as many samples as it likes: for another text, or another epoch.</summary>
    void ResetStates();

    /// <summary>
    /// What the next batch starts with: the states that the batch before left, as many for each of its samples; empty at the start. Their order is
    /// the network's own, and they are valid until the next batch.
    /// </summary>
    ReadOnlySpan<float> CarriedStates { get; }

    /// <summary>The next batch starts with states that <see cref="CarriedStates"/> gave, of this or another network of the class.</summary>
    /// <param name="states">Copied; of none the next batch starts at zero.</param>
    /// <exception cref="ArgumentException">They are not the states of a whole number of samples.</exception>
    void RestoreStates(ReadOnlySpan<float> states);
}
