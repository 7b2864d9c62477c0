namespace NetGen;

/// <summary>Marks a partial class as a network; the attributes after it are its layers.</summary>
/// <example>
/// <code>
/// [Network]
/// [Input(64), Dense(32), ReLU, Dense(10)]
/// [SoftmaxCrossEntropy]
/// public sealed partial class DigitNet;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NetworkAttribute : Attribute
{
    /// <summary>
    /// Which layers of <c>Predict</c> become straight-line code; <see cref="Unroll.Auto"/> by default. It
    /// changes how fast the network is, not what it computes or which files fit it.
    /// </summary>
    public Unroll Unroll { get; set; }

    /// <summary>
    /// Whether the network must be able to take its sequence step by step (<see cref="IStreaming"/>): then a layer that cannot is an error. A network whose layers all can has
    /// <c>NewState</c> and <c>Step</c> in any case.
    /// </summary>
    public bool Streaming { get; set; }

    /// <summary>
    /// Whether training carries the states of recurrences from one batch to the next (<see cref="IStateful"/>), so that long sequences are learned window by window: truncated
    /// backpropagation through time. The network needs a loss and a recurrence, and none that goes backwards. Which files fit it stays the same.
    /// </summary>
    public bool Stateful { get; set; }
}

/// <summary>
/// Marks a class as a list of layers for <see cref="ResidualAttribute{TBlock}"/>, <see cref="RepeatAttribute{TBlock}"/> and <see cref="ParallelAttribute{T1, T2}"/>. Its layers call what it
/// reads <c>input</c>. The class itself is never created.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BlockAttribute : Attribute;

/// <summary>An input of the network: the shape of one sample; the batch is implicit.</summary>
/// <param name="shape">One to four extents: (features), (time, features), (channels, height, width), or (channels, depth, height, width).</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class InputAttribute(params int[] shape) : NetworkElementAttribute
{
    /// <summary>The shape of one sample.</summary>
    public int[] Shape { get; } = shape;

    /// <summary>Whether it holds numbers, the default, or ids, which <see cref="EmbeddingAttribute"/> turns into vectors: whole numbers from 0, one a step.</summary>
    public InputType Type { get; set; }

    /// <summary>The input's name, which <c>From</c>, <c>[Add]</c> and <c>[Concat]</c> refer to; <c>input</c> by default, needed when there are several.</summary>
    public string? Name { get; set; }
}
