namespace NetGen.Benchmarks;

// The networks of peers/torch_sequences.py as a user writes them.

[Network]
[Input(64, 128), LSTM(128, ReturnSequences = false), Dense(10)]
[SoftmaxCrossEntropy]
internal sealed partial class LstmClassifier;

[Network]
[Input(64, 128), GRU(128, ReturnSequences = false), Dense(10)]
[SoftmaxCrossEntropy]
internal sealed partial class GruClassifier;

[Network(Streaming = true), Input(16, 16), LSTM(16)]
internal sealed partial class Lstm16;

[Network(Streaming = true), Input(16, 64), LSTM(64)]
internal sealed partial class Lstm64;

[Network]
[Input(64, Type = InputType.Index), Embedding(96, 128), PositionalEmbedding, Repeat<GptBlock>(4), LayerNorm, Dense(96)]
[SoftmaxCrossEntropy]
internal sealed partial class Gpt;

[Block, Residual<GptAttention>, Residual<GptFeedForward>] internal sealed class GptBlock;

[Block, LayerNorm, SelfAttention(4, Causal = true)] internal sealed class GptAttention;

[Block, LayerNorm, Dense(512), GELU, Dense(128)] internal sealed class GptFeedForward;
