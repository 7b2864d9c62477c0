using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>What Forward, Backward and TrainStep compute with: the same for all workers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct TrainingPass
{
    /// <summary>Number of samples, B.</summary>
    public required int Batch { get; init; }

    /// <summary>The flat buffer of parameters.</summary>
    public required Span<float> Parameters { get; init; }

    /// <summary>The flat buffer of state.</summary>
    public required Span<float> State { get; init; }

    /// <summary>The flat buffer of gradients, in the layout of the parameters.</summary>
    public required Span<float> Gradients { get; init; }

    /// <summary>The values of this batch, laid out by the memory plan.</summary>
    public required Span<float> Arena { get; init; }

    /// <summary><c>[B, InputSize]</c>.</summary>
    public required ReadOnlySpan<float> Input { get; init; }

    /// <summary><c>[B]</c>: how many steps of each sequence are real; empty where all are.</summary>
    public ReadOnlySpan<int> Lengths { get; init; }

    /// <summary>The states of recurrences after the batch before, which become those after this one; empty where none are carried.</summary>
    public Span<float> Carried { get; init; }

    /// <summary>Updates each parameter as soon as its gradient is known; null where only gradients are asked for.</summary>
    public Optimizer? Optimizer { get; init; }

    /// <summary>The network's seed.</summary>
    public ulong Seed { get; init; }

    /// <summary>The network's step.</summary>
    public long Step { get; init; }

    /// <summary>Whether the targets in the arena are indices of classes.</summary>
    public bool TargetsAreClasses { get; init; }

    /// <summary>Updates all parameters at once, where this is a training step: what small networks do, whose gradients have all been written.</summary>
    public void Update() => Optimizer?.UpdatePart(0, Parameters, Gradients);

    /// <summary>Where the gradient of a parameter goes.</summary>
    /// <param name="offset">Of the parameter in the flat buffer.</param>
    /// <param name="length">Floats of the parameter.</param>
    public ParameterGradient Gradient(int offset, int length) =>
        new(Gradients.Slice(offset, length), Parameters.Slice(offset, length), offset, Optimizer);
}
