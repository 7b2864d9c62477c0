using NetGen;

/// <summary>
/// Characters to the probabilities of the next one, at every step: a small causal transformer. The 27 characters are the line break, which
/// starts and ends a word, and a to z. What matters is how far back a character stands, which rotary positions say, and a causal convolution over the last four.
/// </summary>
[Network(Streaming = true)]
[Input(64, Type = InputType.Index)]
[Embedding(vocabulary: 27, size: 128), Residual<LastFour>]
[Repeat<Transformer>(3), LayerNorm, Dense(27)]
[SoftmaxCrossEntropy]
public sealed partial class CharGpt;

[Block, CausalConv1D(128, 4)] file class LastFour;
[Block, Residual<Attention>, Residual<FeedForward>] file class Transformer;
[Block, LayerNorm, SelfAttention(heads: 4, Causal = true, Rotary = true), Dropout(0.1f)] file class Attention;
[Block, LayerNorm, Dense(512), GELU, Dense(128), Dropout(0.1f)] file class FeedForward;
