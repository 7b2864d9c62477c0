using NetGen;

/// <summary>Two coordinates in, a probability for each of two classes out. F12 on the name shows the code that was written from these attributes.</summary>
[Network]
[Input(2), Dense(16), ReLU, Dense(16), ReLU, Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class RingNet;
