namespace NetGen;

/// <summary>A compiled network. Every class marked <c>[Network]</c> implements it.</summary>
public interface INetwork
{
    /// <summary>The tables of inputs, layers, parameters and state.</summary>
    NetworkInfo Info { get; }

    /// <summary>All parameters in one buffer, laid out as <see cref="NetworkInfo.Parameters"/> says; 64-byte aligned.</summary>
    Span<float> Parameters { get; }

    /// <summary>What is saved with the parameters but not trained, laid out as <see cref="NetworkInfo.State"/> says.</summary>
    Span<float> State { get; }

    /// <summary>Optimizer steps taken so far; saved with the network. Together with the seed it decides what dropout drops.</summary>
    long Step { get; set; }

    /// <summary>
    /// Computes the outputs of one or more samples. Safe to call from many threads at once; allocates nothing but one workspace a thread, once.
    /// </summary>
    /// <param name="input"><c>[n, InputSize]</c>, one row a sample.</param>
    /// <param name="output"><c>[n, OutputSize]</c>; probabilities where the loss fuses a softmax or sigmoid.</param>
    /// <exception cref="ArgumentException">The input is not a whole number of samples, or the output does not match it.</exception>
    void Predict(ReadOnlySpan<float> input, Span<float> output);
}
