namespace NetGen.Training;

/// <summary>What a training does when a loss or a gradient is infinite or not a number.</summary>
public enum NonFinitePolicy
{
    /// <summary>Training ends with an exception. The step has been made by then, so the parameters are of no more use.</summary>
    Stop,

    /// <summary>
    /// The batch changes nothing but the counts of batches and steps, and training goes on; the results of epochs say how many were skipped. Gradients are looked at before each step, which takes the time of
    /// reading them once and of an update that is not joined with Backward.
    /// </summary>
    SkipBatch,
}
