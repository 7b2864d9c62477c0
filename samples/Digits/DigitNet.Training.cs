using NetGen;

// Apart from the layers, because samples/EmbeddedDigits has the same layers in a class that only predicts.
[Network]
public sealed partial class DigitNet;
