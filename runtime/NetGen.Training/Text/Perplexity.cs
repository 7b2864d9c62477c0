namespace NetGen.Training;

/// <summary>How surprised a language model is, as numbers that say more than the loss.</summary>
public static class Perplexity
{
    /// <summary><c>e^loss</c>: among how many equally likely tokens the model hesitates; 1 for one that always knows, the vocabulary's size for one that knows nothing.</summary>
    /// <param name="loss">The mean cross-entropy of a token, in nats: what a network with <c>[SoftmaxCrossEntropy]</c> is trained with.</param>
    public static double FromLoss(double loss) => Math.Exp(loss);

    /// <summary><c>loss / ln 2</c>: the bits that a token takes when the model compresses the text.</summary>
    /// <inheritdoc cref="FromLoss(double)" path="/param"/>
    public static double BitsFromLoss(double loss) => loss / Math.Log(2);
}
