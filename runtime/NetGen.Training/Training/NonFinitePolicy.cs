namespace NetGen.Training;

/// <summary>What a training does when a loss or a gradient is infinite or not a number.</summary>
public enum NonFinitePolicy
{
    /// <summary>Training ends with an exception when a loss is. The step has been made by then, so the parameters are of no more use.</summary>
    Stop,

    /// <summary>
    /// Training ends with an exception that names where such numbers come first (<see cref="NumericGuard"/>): in the batch, a parameter, the output of a layer, the loss or a gradient.
    /// Parameters, state and steps are as the step before left them; gradients are those of the batch, and an <see cref="IStateful"/> network starts its next batch from states of zero.
    /// Loss and gradients are looked at before each step: it costs reading the gradients once more, and an update that is not joined with Backward.
    /// </summary>
    Locate,

    /// <summary>
    /// The batch changes nothing but the counts of batches and steps, and training goes on; results of epochs say how many were skipped. It costs
    /// what <see cref="Locate"/> costs.
    /// </summary>
    SkipBatch,
}
