namespace NetGen;

/// <summary>Takes what an optimizer carries from step to step to a file, or from there: an optimizer says once, for both ways, what that is.</summary>
public abstract class OptimizerTransfer
{
    private protected OptimizerTransfer()
    {
    }

    /// <summary>Saves a whole number, or overwrites it.</summary>
    /// <param name="name">Its own among those of the optimizer.</param>
    /// <param name="value">The number.</param>
    public abstract void Number(string name, ref long value);

    /// <summary>Saves a number, or overwrites it; exactly, whatever it is.</summary>
    /// <param name="name">Its own among those of the optimizer.</param>
    /// <param name="value">The number.</param>
    public abstract void Number(string name, ref double value);

    /// <summary>Saves a number for each parameter, or overwrites it.</summary>
    /// <param name="name">Its own among those of the optimizer.</param>
    /// <param name="values">In the layout of all parameters.</param>
    public abstract void Memory(string name, Span<float> values);

    /// <summary>As <see cref="Number(string, ref long)"/>, but also when a file is only checked: by it the optimizer knows what else there is.</summary>
    internal virtual void Size(string name, ref long value) => Number(name, ref value);
}
