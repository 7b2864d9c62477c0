namespace NetGen;

/// <summary>A compiled network whose parameters can be read, written, saved and loaded: every class marked <c>[Network]</c> but those of <see cref="NetworkMode.Inference"/>.</summary>
public interface INetwork : IPredictor
{
    /// <summary>All parameters in one buffer, laid out as <see cref="NetworkInfo.Parameters"/> says; 64-byte aligned.</summary>
    Span<float> Parameters { get; }

    /// <summary>What is saved with the parameters but not trained, laid out as <see cref="NetworkInfo.State"/> says.</summary>
    Span<float> State { get; }

    /// <summary>Optimizer steps taken so far; saved with the network. Together with the seed it decides what dropout drops.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number.</exception>
    long StepCount { get; set; }
}
