namespace NetGen;

/// <summary>Adds what a block computes to what it reads: <c>y = x + TBlock(x)</c> (He et al. 2016). The block keeps the shape.</summary>
/// <typeparam name="TBlock">A class marked <see cref="BlockAttribute"/>.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ResidualAttribute<TBlock> : LayerAttribute
    where TBlock : class;

/// <summary>Adds what a block computes to a projection of what it reads: <c>y = TProjection(x) + TBlock(x)</c>. Both give the same shape.</summary>
/// <typeparam name="TBlock">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="TProjection">A class marked <see cref="BlockAttribute"/>, usually one layer.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ResidualAttribute<TBlock, TProjection> : LayerAttribute
    where TBlock : class
    where TProjection : class;

/// <summary>A block several times in a row, each time with parameters of its own, named <c>repeat1.0</c>, <c>repeat1.1</c> and so on.</summary>
/// <typeparam name="TBlock">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <param name="count">How many times, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RepeatAttribute<TBlock>(int count) : LayerAttribute
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
