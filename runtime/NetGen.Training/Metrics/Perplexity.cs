namespace NetGen.Training;

/// <summary>
/// How surprised a language model is, <c>e^(mean -ln p)</c>: e to the <see cref="LogLoss"/>, among how many equally likely tokens it hesitates
/// (Jelinek, Mercer, Bahl and Baker, "Perplexity: a measure of the difficulty of speech recognition tasks", 1977).
/// </summary>
/// <param name="classes">How many tokens there are, at least 2.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 2.</exception>
public sealed class Perplexity(int classes) : MeanOverSamples(classes)
{
    /// <inheritdoc/>
    public override string Name => "perplexity";

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <summary><c>e^loss</c>: among how many equally likely tokens the model hesitates; 1 for one that always knows, the vocabulary's size for one that knows nothing.</summary>
    /// <param name="loss">The mean cross-entropy of a token, in nats: what a network with <c>[SoftmaxCrossEntropy]</c> is trained with.</param>
    public static double FromLoss(double loss) => Math.Exp(loss);

    /// <summary><c>loss / ln 2</c>: the bits that a token takes when the model compresses the text.</summary>
    /// <inheritdoc cref="FromLoss(double)" path="/param"/>
    public static double BitsFromLoss(double loss) => loss / Math.Log(2);

    private protected override double Of(int actual, ReadOnlySpan<float> output) => LogLoss.OfSample(actual, output, Classes);

    private protected override double Compute() => FromLoss(base.Compute());
}
