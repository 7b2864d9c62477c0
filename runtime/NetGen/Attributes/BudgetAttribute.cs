namespace NetGen;

/// <summary>
/// What a network may cost. More is an error when the project is built, which names the layer that takes the most: a network that must fit a device, or answer in time, says so here.
/// </summary>
/// <remarks>
/// The costs are those of the table at the top of the generated file, for one sample. A project sets limits for all of its networks with the properties <c>NetGenBudgetParameters</c>,
/// <c>NetGenBudgetArenaBytes</c> and <c>NetGenBudgetFlops</c>; a limit of this attribute counts instead of the project's.
/// </remarks>
/// <example>
/// <code>
/// [Network, Budget(Parameters = 100_000, ArenaBytes = 65_536, Flops = 1_000_000)]
/// [Input(64), Dense(32), ReLU, Dense(10)]
/// [SoftmaxCrossEntropy]
/// public sealed partial class DigitNet;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BudgetAttribute : Attribute
{
    /// <summary>The most numbers that it may have; of 4 bytes each.</summary>
    public long Parameters { get; set; }

    /// <summary>The most bytes that <c>Predict</c> of one sample may compute in, beside parameters, input and output.</summary>
    public long ArenaBytes { get; set; }

    /// <summary>The most floating-point operations of one prediction; a multiply-add is two.</summary>
    public long Flops { get; set; }
}
