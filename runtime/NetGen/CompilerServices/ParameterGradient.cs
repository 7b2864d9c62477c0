using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>Where the gradient of a parameter goes, and in a training step the parameter that changes with it.</summary>
/// <remarks>
/// Whoever computes a part of the gradient updates that part of the parameter while it is in cache: at once by <see cref="Update()"/>, or in registers, without
/// ever writing the gradient, where the optimizer is plain descent.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct ParameterGradient
{
    private readonly int _offset;
    private readonly Optimizer? _optimizer;

    internal ParameterGradient(Span<float> values, Span<float> parameter, int offset, Optimizer? optimizer)
    {
        Values = values;
        Parameter = parameter;
        _offset = offset;
        _optimizer = optimizer;
    }

    /// <summary>The gradient's memory.</summary>
    internal Span<float> Values { get; }

    /// <summary>The parameter's memory.</summary>
    internal Span<float> Parameter { get; }

    /// <summary>Memory that no parameter changes with.</summary>
    public static implicit operator ParameterGradient(Span<float> values) => new(values, default, 0, null);

    /// <summary>The gradient's memory, for what writes it as any other value.</summary>
    public static implicit operator Span<float>(ParameterGradient gradient) => gradient.Values;

    /// <summary>Updates the parameter, where this is a training step; the gradient has been written.</summary>
    public void Update() => Update(0, Values.Length);

    /// <summary>Updates a part of the parameter whose gradient has been written.</summary>
    internal void Update(int start, int count) => _optimizer?.UpdatePart(_offset + start, Parameter.Slice(start, count), Values.Slice(start, count));

    /// <summary>Whether the step is <c>p -= rate (g + decay p)</c>, which needs the gradient only once.</summary>
    internal bool IsPlainDescent(out float rate, out float decay)
    {
        (rate, decay) = (0, 0);
        return _optimizer is not null && _optimizer.IsPlainDescent(_offset, out rate, out decay);
    }
}
