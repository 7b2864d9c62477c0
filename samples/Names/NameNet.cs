using NetGen;

/// <summary>
/// Characters to the probabilities of the next one, at every step: an LSTM over a few words. The 27 characters are the line break,
/// which starts and ends a word, and a to z.
/// </summary>
[Network(Streaming = true)]
[Input(48, Type = InputType.Index)]
[Embedding(vocabulary: 27, size: 32)]
[LSTM(192), Dropout(0.1f), Dense(27)]
[SoftmaxCrossEntropy]
public sealed partial class NameNet;
