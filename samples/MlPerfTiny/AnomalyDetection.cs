using NetGen;

/// <summary>
/// The autoencoder: 5 windows of a machine's sound, 128 mel bands each, squeezed through 8 numbers and back; what comes back badly is unusual.
/// </summary>
[Network]
[Input(640)]
[Repeat<Wide>(4), Dense(8), BatchNorm, ReLU, Repeat<Wide>(4)]
[Dense(640)]
[MeanSquaredError]
public sealed partial class Autoencoder;

[Block, Dense(128), BatchNorm, ReLU]
public sealed class Wide;
