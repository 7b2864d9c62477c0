using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>Changes a network's parameters along their gradients. What it remembers between steps belongs to one network.</summary>
public abstract class Optimizer
{
    private ITrainable? _network;

    /// <summary>Creates an optimizer.</summary>
    /// <param name="learningRate">Finite, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is out of range.</exception>
    protected Optimizer(float learningRate) => LearningRate = learningRate;

    /// <summary>How far one step goes: finite, at least 0. Schedules change it between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float LearningRate
    {
        get;
        set => field = NotNegative(value);
    }

    /// <summary>
    /// Updates every parameter from its gradient and counts the step in <see cref="INetwork.Step"/>. Allocates only at the first call.
    /// </summary>
    /// <exception cref="InvalidOperationException">An earlier step was for another network.</exception>
    public void Step(ITrainable network)
    {
        ArgumentNullException.ThrowIfNull(network);
        _network ??= network;
        if (_network != network)
        {
            throw new InvalidOperationException(
                $"This {GetType().Name} has already stepped another network ({_network.Info.Name}), and what it remembers is of that one. " +
                "Make one optimizer for each network.");
        }
        Update(network.Parameters, network.Gradients);
        network.Step++;
    }

    /// <summary>Updates the parameters of the one network that this optimizer is for.</summary>
    /// <param name="parameters">Of the same length at every call; gaps for alignment are zero.</param>
    /// <param name="gradients">In the layout of <paramref name="parameters"/>; zero in the gaps, which must stay zero.</param>
    protected abstract void Update(Span<float> parameters, ReadOnlySpan<float> gradients);

    /// <summary>Checks a setting that is finite and at least 0.</summary>
    private protected static float NotNegative(float value, [CallerMemberName] string setting = "") =>
        value >= 0 && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(setting, value, $"{setting}: expected a finite number of at least 0, got {value:R}.");

    /// <summary>Checks a setting that is finite and above 0.</summary>
    private protected static float Positive(float value, [CallerMemberName] string setting = "") =>
        value > 0 && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(setting, value, $"{setting}: expected a finite number above 0, got {value:R}.");

    /// <summary>Checks a setting in [0, 1).</summary>
    private protected static float BelowOne(float value, [CallerMemberName] string setting = "") =>
        value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(setting, value, $"{setting}: expected a number in [0, 1), got {value:R}.");
}
