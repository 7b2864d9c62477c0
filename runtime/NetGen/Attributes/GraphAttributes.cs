namespace NetGen;

/// <summary>Adds what a block computes to what it reads: <c>y = x + TBlock(x)</c> (He et al. 2016). The block keeps the shape.</summary>
/// <typeparam name="TBlock">A class marked <see cref="BlockAttribute"/>.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ResidualAttribute<TBlock> : ParameterLayerAttribute
    where TBlock : class;

/// <summary>Adds what a block computes to a projection of what it reads: <c>y = TProjection(x) + TBlock(x)</c>. Both give the same shape.</summary>
/// <typeparam name="TBlock">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="TProjection">A class marked <see cref="BlockAttribute"/>, usually one layer.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ResidualAttribute<TBlock, TProjection> : ParameterLayerAttribute
    where TBlock : class
    where TProjection : class;

/// <summary>
/// A block several times in a row, <c>y = TBlock(... TBlock(x))</c>, each time with parameters of its own, named <c>repeat1.0</c>, <c>repeat1.1</c> and so on. The block may change the
/// shape, if it takes what it gives.
/// </summary>
/// <typeparam name="TBlock">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <param name="count">How many times, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RepeatAttribute<TBlock>(int count) : ParameterLayerAttribute
    where TBlock : class
{
    /// <summary>How many times.</summary>
    public int Count { get; } = count;
}

/// <summary>Adds the outputs of earlier layers or inputs, by name, to the layer before: <c>y = x + a + b</c>. All have one shape.</summary>
/// <param name="names">Names of the same block, at least one.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AddAttribute(params string[] names) : LayerAttribute
{
    /// <summary>Names of the same block.</summary>
    public string[] Names { get; } = names;
}

/// <summary>
/// Multiplies the layer before by the outputs of earlier layers or inputs, by name: <c>y = x ⊙ a ⊙ b</c>, element by element. Where one side is
/// <c>[channels]</c> or <c>[channels, 1, 1]</c> and the other an image of as many channels, each channel is multiplied by its number, in either order: squeeze-and-excitation
/// (Hu et al. 2018). Likewise <c>[features]</c> and <c>[time, features]</c>.
/// </summary>
/// <param name="names">Names of the same block, at least one.</param>
/// <example>
/// <code>
/// [Block, GlobalAvgPool, Dense(4), ReLU, Dense(32), Sigmoid, Multiply("input")] file class Excite;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MultiplyAttribute(params string[] names) : LayerAttribute
{
    /// <summary>Names of the same block.</summary>
    public string[] Names { get; } = names;
}

/// <summary>
/// Appends the outputs of earlier layers or inputs, by name, to the layer before: <c>y = [x, a, b]</c>, along the features of a flat or (time, features)
/// value and along the channels of an image.
/// </summary>
/// <param name="names">Names of the same block, at least one.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ConcatAttribute(params string[] names) : LayerAttribute
{
    /// <summary>Names of the same block.</summary>
    public string[] Names { get; } = names;
}
