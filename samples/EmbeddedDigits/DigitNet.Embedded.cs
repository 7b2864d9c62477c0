using NetGen;

// The layers are those of samples/Digits, which trained the weights.
[Network(Mode = NetworkMode.Inference), Weights("digits.safetensors")]
public sealed partial class DigitNet;
