namespace NetGen.Allocation.Tests;

/// <summary>Every layer of sequences.</summary>
[Network]
[Input(6, Type = InputType.Index, Name = "words"), Input(6, 8, Name = "numbers")]
[Embedding(9, 8, From = "words"), PositionalEmbedding, LSTM(8, Layers = 2, Dropout = 0.2f), Bidirectional<Reader>, CausalConv1D(8, 2, Dilation = 2)]
[SelfAttention(2, Causal = true, Rotary = true, Dropout = 0.1f, Name = "encoder")]
[SimpleRNN(8, From = "numbers"), CrossAttention("encoder", 2, Dropout = 0.1f, Name = "decoder")]
[LastStep(Name = "last"), MaxOverTime(From = "decoder", Name = "largest"), MeanOverTime(From = "decoder"), Concat("last", "largest"), Dense(3), SoftmaxCrossEntropy]
internal sealed partial class EverySequenceLayer;

[Block, GRU(4)] internal sealed class Reader;

[Network, Input(12, 5), LSTM(24), Dense(3), SoftmaxCrossEntropy]
internal sealed partial class LstmNet;

[Network(Stateful = true), Input(12, 5), LSTM(24), GRU(9), Dense(3), SoftmaxCrossEntropy]
internal sealed partial class CarryingNet;

[Network, Input(12, 5), GRU(24, ReturnSequences = false), Dense(3), SoftmaxCrossEntropy]
internal sealed partial class GruNet;

[Network, Input(12, Type = InputType.Index), Embedding(9, 8), Bidirectional<Reader>, Bidirectional<Summary>, Dense(3), SoftmaxCrossEntropy]
internal sealed partial class BothWaysNet;

[Block, LSTM(6, ReturnSequences = false)] internal sealed class Summary;

[Network, Input(12, Type = InputType.Index), Embedding(9, 16), PositionalEmbedding, Dropout(0.1f), Repeat<TransformerBlock>(2), LayerNorm, Dense(9), SoftmaxCrossEntropy]
internal sealed partial class TransformerNet;

[Block, Residual<AttendBlock>, Residual<FeedBlock>] internal sealed class TransformerBlock;

[Block, LayerNorm, SelfAttention(2, Causal = true, Dropout = 0.1f), Dropout(0.1f)] internal sealed class AttendBlock;

[Block, LayerNorm, Dense(32), GELU, Dense(16), Dropout(0.1f)] internal sealed class FeedBlock;
