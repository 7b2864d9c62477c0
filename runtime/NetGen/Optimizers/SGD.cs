using System.Numerics;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Stochastic gradient descent, with the update of PyTorch's <c>SGD</c>:
/// <c>g = gradient + WeightDecay p; v = Momentum v + g; p -= LearningRate v</c>, or <c>p -= LearningRate (g + Momentum v)</c> with
/// <see cref="Nesterov"/>.
/// Sutskever, Martens, Dahl and Hinton, "On the importance of initialization and momentum in deep learning" (2013).
/// </summary>
/// <param name="learningRate">Finite, at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
public sealed class SGD(float learningRate = 1e-2f) : Optimizer(learningRate)
{
    private AlignedBuffer? _velocity;

    /// <summary>How much of the last step's direction is kept, in [0, 1); 0 keeps none.</summary>
    public float Momentum
    {
        get;
        init => field = BelowOne(value);
    }

    /// <summary>Whether the step looks ahead along the momentum; without <see cref="Momentum"/> it makes no difference.</summary>
    public bool Nesterov { get; init; }

    /// <summary>The L2 penalty: this much of each parameter is added to its gradient. Finite, at least 0.</summary>
    public float WeightDecay
    {
        get;
        init => field = NotNegative(value);
    }

    /// <inheritdoc/>
    protected override void Update(Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        // The first velocity is the gradient itself, as in PyTorch, because the buffer starts at zero.
        (float rate, float momentum, float decay) = (LearningRate, Momentum, WeightDecay);
        Span<float> velocities = momentum == 0 ? [] : (_velocity ??= new AlignedBuffer(parameters.Length)).Span;
        for (int i = 0; i < parameters.Length; i += Vector<float>.Count)
        {
            Vector<float> parameter = Lanes.Load(parameters, i);
            Vector<float> direction = Lanes.Load(gradients, i);
            if (decay != 0)
            {
                direction += decay * parameter;
            }
            if (momentum != 0)
            {
                Vector<float> velocity = momentum * Lanes.Load(velocities, i) + direction;
                Lanes.Store(velocity, velocities, i);
                direction = Nesterov ? direction + momentum * velocity : velocity;
            }
            Lanes.Store(parameter - rate * direction, parameters, i);
        }
    }
}
