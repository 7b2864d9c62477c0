namespace WebApi;

/// <summary>What an image shows.</summary>
/// <param name="Digit">The most probable digit.</param>
/// <param name="Probabilities">The probability of each digit from 0 to 9.</param>
public sealed record DigitClass(int Digit, float[] Probabilities);
