namespace NetGen;

/// <summary>A network that takes a sequence step by step as well: live, one sample of a signal or one character at a time, in memory that is made once.</summary>
/// <remarks>Steps give what <see cref="IPredictor.Predict(ReadOnlySpan{float}, Span{float})"/> gives for a sequence of all steps so far.</remarks>
public interface IStreaming : IPredictor
{
    /// <summary>Floats that one step takes: the features of a step, or 1 for an id.</summary>
    int StepInputSize { get; }

    /// <summary>Floats that one step gives.</summary>
    int StepOutputSize { get; }

    /// <summary>
    /// Creates what a stream remembers from step to step, and the memory to compute in; what kernels pack operands into comes with the first <see cref="Step"/>. It stands before
    /// the first step.
    /// </summary>
    StreamState NewState();

    /// <summary>
    /// Computes one step of a stream. After the first with that state it allocates nothing, takes no lock, and does the same work whatever the numbers are: fit for an audio
    /// thread. Streams with states of their own may run on many threads at once. Generated classes mark it <see cref="RealTimeAttribute"/>.
    /// </summary>
    /// <param name="input"><c>[StepInputSize]</c>: this step.</param>
    /// <param name="state">The stream, from <see cref="NewState"/> of this class; it moves on by one step.</param>
    /// <param name="output"><c>[StepOutputSize]</c>; probabilities where the loss fuses a softmax or sigmoid.</param>
    /// <exception cref="ArgumentNullException"><paramref name="state"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// A length does not match, the output overlaps the input, an id is outside of the vocabulary, or the state is another network's; the state is as it was.
    /// </exception>
    /// <exception cref="InvalidOperationException">The stream has taken as many steps as the network knows positions; the state is as it was.</exception>
    void Step(ReadOnlySpan<float> input, StreamState state, Span<float> output);
}
