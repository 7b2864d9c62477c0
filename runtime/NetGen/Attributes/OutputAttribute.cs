namespace NetGen;

/// <summary>
/// Marks what the layer before gives as an output of the network, for networks of several. A loss directly after it is trained on this output; the layer after both reads on from the
/// same value. A network without it has one output: what its last layer gives.
/// </summary>
/// <remarks>
/// A sample's output is one row, the outputs in order of declaration, and so is its target (<see cref="OutputInfo.TargetRange"/>); the part of a
/// classification in the target is a probability for each class. The network's loss is the sum of the outputs' mean losses, each times its
/// <see cref="Weight"/>. The generated class has the place of each output in the row: <c>row[DigitNet.SlantRange]</c>.
/// </remarks>
/// <param name="name">The output's name, which layers after it may refer to.</param>
/// <example>
/// <code>
/// [Network, Input(64), Dense(32), ReLU(Name = "features")]
/// [Dense(10), Output("digit"), SoftmaxCrossEntropy]
/// [Dense(1, From = "features"), Output("slant", Weight = 0.5f), MeanSquaredError]
/// public sealed partial class DigitNet;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class OutputAttribute(string name) : NetworkElementAttribute
{
    /// <summary>The output's name.</summary>
    public string Name { get; } = name;

    /// <summary>How much its mean loss counts in the network's loss, above 0; 1 by default.</summary>
    public float Weight { get; set; } = 1;
}
