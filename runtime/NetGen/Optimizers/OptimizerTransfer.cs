using System.Globalization;

namespace NetGen;

/// <summary>
/// Takes what an optimizer carries from step to step to a file, or from there: an optimizer says once, for both ways, what that is. A file is gone
/// through twice, the first time only to check it, so that nothing is overwritten by half. Settings are also read before training begins, for
/// reports and checkpoints.
/// </summary>
public abstract class OptimizerTransfer
{
    /// <summary>More steps than anybody takes, and as many as a double counts.</summary>
    private protected const long MostSteps = 1L << 53;

    private protected OptimizerTransfer()
    {
    }

    /// <summary>Floats of all parameters, gaps for alignment included: how long a memory is.</summary>
    public required int ParameterFloats { get; init; }

    /// <summary>Whether the optimizer gets what a file has.</summary>
    internal virtual bool Overwrites => false;

    /// <summary>Whether a file is only checked.</summary>
    internal virtual bool OnlyChecks => false;

    /// <summary>Saves a setting, or checks that the file has the same one.</summary>
    /// <param name="name">Its own among those of the optimizer.</param>
    /// <param name="value">Saved as text in the invariant culture.</param>
    /// <exception cref="NetworkFormatException">The file was saved with another value.</exception>
    public void Setting<T>(string name, T value) => Setting(name, string.Create(CultureInfo.InvariantCulture, $"{value}"));

    /// <summary>Saves a whole number, or overwrites it.</summary>
    /// <param name="name">Its own among those of the optimizer.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="NetworkFormatException">The file has none of that name.</exception>
    public abstract void Number(string name, ref long value);

    /// <summary>Saves a number, or overwrites it; exactly, whatever it is.</summary>
    /// <param name="name">Its own among those of the optimizer.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="NetworkFormatException">The file has none of that name.</exception>
    public abstract void Number(string name, ref double value);

    /// <summary>Saves a number for each parameter, or overwrites it.</summary>
    /// <param name="name">Its own among those of the optimizer.</param>
    /// <param name="values"><see cref="ParameterFloats"/> of them, in the layout of all parameters.</param>
    /// <exception cref="NetworkFormatException">The file has none of that name for a parameter, or of another shape.</exception>
    public abstract void Memory(string name, Span<float> values);

    /// <summary>As <see cref="Number(string, ref long)"/>, for a number from 0 up to <paramref name="most"/>.</summary>
    internal abstract void Count(string name, ref long value, long most = MostSteps);

    /// <summary>Saves whether something is so.</summary>
    /// <returns>What is saved, or what the file has, also where it is only checked: by it the optimizer knows what else there is.</returns>
    internal abstract bool Flag(string name, bool value);

    private protected abstract void Setting(string name, string value);
}
