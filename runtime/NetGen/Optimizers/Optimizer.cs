namespace NetGen;

/// <summary>Changes a network's parameters along their gradients.</summary>
public abstract class Optimizer
{
    /// <summary>How far one step goes. Schedules change it between steps.</summary>
    public float LearningRate { get; set; }

    /// <summary>Updates every parameter from its gradient and counts the step in <see cref="INetwork.Step"/>. Allocates only at the first call for a network.</summary>
    public abstract void Step(ITrainable network);
}
