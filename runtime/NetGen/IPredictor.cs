namespace NetGen;

/// <summary>
/// What computes outputs from inputs. Every class marked <c>[Network]</c> implements it: one whose parameters are fixed no more than that, every other one <see cref="INetwork"/> too.
/// </summary>
public interface IPredictor
{
    /// <summary>The tables of inputs, layers, parameters and state.</summary>
    NetworkInfo Info { get; }

    /// <summary>Floats of workspace that predicting one sample needs; a longer one takes several samples at a time.</summary>
    int WorkspaceSize { get; }

    /// <summary>
    /// Computes the outputs of one or more samples. Safe to call from many threads at once.
    /// </summary>
    /// <remarks>
    /// It computes in the calling thread's workspace, which all networks share: allocated at the thread's first call, and again when a network or a
    /// batch needs a larger one. Other calls allocate nothing. Many samples of a network that is not small are shared among the threads of
    /// <see cref="NetGenRuntime.Threads"/>, each of which has a workspace too; one sample never leaves the calling thread.
    /// </remarks>
    /// <param name="input"><c>[n, InputSize]</c>, one row a sample.</param>
    /// <param name="output"><c>[n, OutputSize]</c>; probabilities where the loss fuses a softmax or sigmoid.</param>
    /// <exception cref="ArgumentException">
    /// The input is not a whole number of samples, or holds what is no id where ids are expected, or the output does not match it or overlaps it.
    /// </exception>
    void Predict(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>
    /// Computes the outputs of one or more samples in memory of the caller's: takes no lock, and after the first call with that workspace allocates nothing.
    /// Threads that predict at once need a workspace each. Generated classes mark it <see cref="RealTimeAttribute"/>.
    /// </summary>
    /// <param name="input"><c>[n, InputSize]</c>, one row a sample.</param>
    /// <param name="output"><c>[n, OutputSize]</c>; probabilities where the loss fuses a softmax or sigmoid.</param>
    /// <param name="workspace">At least <see cref="WorkspaceSize"/> floats; a longer one takes several samples at a time.</param>
    /// <exception cref="ArgumentNullException"><paramref name="workspace"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The input is not a whole number of samples, or holds what is no id where ids are expected, the output does not match it or overlaps it, or the
    /// workspace is too short.
    /// </exception>
    void Predict(ReadOnlySpan<float> input, Span<float> output, Workspace workspace);

    /// <summary>
    /// Computes what the last layer gives, before the activation of the loss; what <see cref="Predict(ReadOnlySpan{float}, Span{float})"/> gives
    /// where the loss has none. Safe to call from many threads at once, as that is.
    /// </summary>
    /// <param name="input"><c>[n, InputSize]</c>, one row a sample.</param>
    /// <param name="output"><c>[n, OutputSize]</c>.</param>
    /// <exception cref="ArgumentException">
    /// The input is not a whole number of samples, or holds what is no id where ids are expected, or the output does not match it or overlaps it.
    /// </exception>
    void PredictLogits(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>
    /// Computes what the last layer gives, before the activation of the loss, in memory of the caller's, as
    /// <see cref="Predict(ReadOnlySpan{float}, Span{float}, Workspace)"/> does.
    /// </summary>
    /// <param name="input"><c>[n, InputSize]</c>, one row a sample.</param>
    /// <param name="output"><c>[n, OutputSize]</c>.</param>
    /// <param name="workspace">At least <see cref="WorkspaceSize"/> floats; a longer one takes several samples at a time.</param>
    /// <exception cref="ArgumentNullException"><paramref name="workspace"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The input is not a whole number of samples, or holds what is no id where ids are expected, the output does not match it or overlaps it, or the
    /// workspace is too short.
    /// </exception>
    void PredictLogits(ReadOnlySpan<float> input, Span<float> output, Workspace workspace);
}
