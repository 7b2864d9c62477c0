namespace NetGen;

/// <summary>A compiled network with a loss. Training one instance is one caller's business: these members are not thread-safe.</summary>
public interface ITrainable : INetwork
{
    /// <summary>What <see cref="Backward"/> computed, in the layout of <see cref="INetwork.Parameters"/>; undefined after <see cref="TrainStep"/>.</summary>
    Span<float> Gradients { get; }

    /// <summary>
    /// Decides, with <see cref="INetwork.StepCount"/>, what dropout drops: at first the seed that the network was created with. Always 0, and never
    /// read, where no layer draws random numbers.
    /// </summary>
    long Seed { get => 0; set { } }

    /// <summary>
    /// Reserves training memory for batches of up to <paramref name="maxBatch"/> samples, gradients included; a larger batch reserves again. What
    /// <see cref="Forward"/> kept is forgotten.
    /// </summary>
    /// <remarks>
    /// After it <see cref="Forward"/> and <see cref="Backward"/> allocate nothing, and <see cref="TrainStep"/> only what the optimizer remembers, at
    /// its first step. <see cref="Evaluate"/> computes in the thread's workspace, which grows when a larger batch or network comes.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxBatch"/> is below 1.</exception>
    void Reserve(int maxBatch);

    /// <summary>Computes the mean loss of a batch and keeps what <see cref="Backward"/> needs.</summary>
    /// <returns>The mean over all predicted elements that are not masked, divided by the sum of weights where given.</returns>
    /// <exception cref="ArgumentException">The batch does not fit the network; nothing has been changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The batch has more samples than one array has room for.</exception>
    float Forward(in Batch batch);

    /// <summary>
    /// Computes the gradient of the loss of the last <see cref="Forward"/> for every parameter, with what dropout dropped there, whatever
    /// <see cref="INetwork.StepCount"/> has become.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// <see cref="Forward"/> has not been called since the last <see cref="Backward"/> or <see cref="Reserve"/>: a second call needs a second
    /// <see cref="Forward"/>, because this one overwrites what it kept.
    /// </exception>
    void Backward();

    /// <summary>
    /// Forward, backward and one step of the optimizer at once: the same loss and parameters, to the bit, as <see cref="Forward"/>, <see cref="Backward"/> and
    /// <see cref="Optimizer.Step"/>, and faster.
    /// </summary>
    /// <remarks>
    /// Each parameter is updated as soon as its gradient is known, while it is in cache or in registers. What <see cref="Gradients"/> hold afterwards
    /// is undefined: call the three methods where gradients are of interest. An optimizer with <see cref="Optimizer.ClipNorm"/> or
    /// <see cref="Optimizer.AccumulationSteps"/> needs all gradients before it changes any parameter: this is then the three methods one after the
    /// other. When an optimizer of your own throws in the middle, some parameters have been updated and others not.
    /// </remarks>
    /// <param name="batch">Samples and targets.</param>
    /// <param name="optimizer">Makes the step; one optimizer belongs to one network.</param>
    /// <returns>The loss before the step.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="optimizer"/> is null.</exception>
    /// <exception cref="ArgumentException">The batch does not fit the network; nothing has been changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The batch has more samples than one array has room for.</exception>
    /// <exception cref="InvalidOperationException">The optimizer has made steps of another network.</exception>
    float TrainStep(in Batch batch, Optimizer optimizer);

    /// <summary>Computes predictions and their mean loss as <see cref="IPredictor.Predict(ReadOnlySpan{float}, Span{float})"/> sees them: without dropout, nothing kept.</summary>
    /// <param name="batch">Samples and targets.</param>
    /// <param name="predictions"><c>[Count, OutputSize]</c>, apart from all of the batch in memory.</param>
    /// <returns>The mean as <see cref="Forward"/> gives it.</returns>
    /// <exception cref="ArgumentException">
    /// The batch does not fit the network, or the predictions are of another length or overlap the batch.
    /// </exception>
    float Evaluate(in Batch batch, Span<float> predictions);

    /// <summary>Fits what preprocessing layers such as <c>[Standardize]</c> hold to training data; does nothing where there are none.</summary>
    /// <param name="samples"><c>[n, InputSize]</c>, the whole training part.</param>
    /// <exception cref="ArgumentException">
    /// There are no samples, or not a whole number; not thrown where there is nothing to fit.
    /// </exception>
    void FitPreprocessing(ReadOnlySpan<float> samples);
}
