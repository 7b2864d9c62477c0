namespace NetGen;

/// <summary>
/// Gives a network trained weights that lie inside its assembly: <c>new DigitNet()</c> then has what the file holds. The project names the file too, so that the build puts
/// it there: <c>&lt;NetGenWeights Include="digits.safetensors" /&gt;</c>.
/// </summary>
/// <remarks>
/// The file is checked when the project is built: a tensor that is missing, or of another shape, is an error at this attribute. A network that can be trained copies the weights
/// into memory of its own; see <see cref="WeightsForm"/> for what that costs.
/// </remarks>
/// <param name="file">The file as the project's <c>NetGenWeights</c> item has it: its path from the project, such as <c>models/digits.safetensors</c>, or the item's <c>Link</c>.</param>
/// <example>
/// <code>
/// [Network, Weights("digits.safetensors")]
/// [Input(64), Dense(32), ReLU, Dense(10)]
/// [SoftmaxCrossEntropy]
/// public sealed partial class DigitNet;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WeightsAttribute(string file) : Attribute
{
    /// <summary>The file as the project names it.</summary>
    public string File { get; } = file;

    /// <summary>What the weights are in the assembly; <see cref="WeightsForm.Resource"/> by default.</summary>
    public WeightsForm As { get; set; }
}
