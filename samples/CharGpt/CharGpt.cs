using NetGen;

/// <summary>
/// The characters of a word so far to the probabilities of the next one, at every step: a small causal transformer. The 27 characters are the line break, which
/// starts and ends a word, and a to z; a step reads the last three of them as one id (<see cref="Threes"/>). What matters is how far back a character stands, which rotary positions say,
/// and a causal convolution over the last four steps.
/// </summary>
[Network(Streaming = true)]
[Input(Time, Type = InputType.Index)]
[Embedding(vocabulary: Threes.Count, size: Width, Name = "threes"), Residual<LastFour>]
[Repeat<Transformer>(3), LayerNorm, Dense(27)]
[SoftmaxCrossEntropy]
public sealed partial class CharGpt
{
    /// <summary>Steps of a window, which holds three words on average.</summary>
    public const int Time = 26;

    /// <summary>Features of a step.</summary>
    public const int Width = 96;
}

[Block, CausalConv1D(CharGpt.Width, 4)] file class LastFour;
[Block, Residual<Attention>, Residual<FeedForward>] file class Transformer;
[Block, LayerNorm, SelfAttention(heads: 4, Causal = true, Rotary = true), Dropout(0.25f)] file class Attention;
[Block, LayerNorm, Dense(4 * CharGpt.Width), GELU, Dense(CharGpt.Width), Dropout(0.25f)] file class FeedForward;
