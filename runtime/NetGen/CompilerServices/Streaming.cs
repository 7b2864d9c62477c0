using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>What generated code does around a step of a stream. Allocates only to create a state, and to throw.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Streaming
{
    /// <summary>Creates a state before its first step.</summary>
    /// <param name="info">The network's tables.</param>
    /// <param name="floats">What is remembered.</param>
    /// <param name="workspace">Floats to compute in.</param>
    public static StreamState Create(NetworkInfo info, int floats, int workspace) => new(info, floats, workspace);

    /// <summary>Checks the arguments of a step.</summary>
    /// <param name="input">This step.</param>
    /// <param name="inputSize">Floats of it.</param>
    /// <param name="state">The stream.</param>
    /// <param name="output">What the step gives.</param>
    /// <param name="outputSize">Floats of that.</param>
    /// <param name="info">The network's tables.</param>
    /// <param name="limit">Steps that a stream may take; <see cref="long.MaxValue"/> for any number.</param>
    /// <exception cref="ArgumentNullException"><paramref name="state"/> is null.</exception>
    /// <exception cref="ArgumentException">A length does not match, the spans overlap, or the state is another network's.</exception>
    /// <exception cref="InvalidOperationException">The stream has taken all of its steps.</exception>
    public static void Check(
        ReadOnlySpan<float> input, int inputSize, StreamState state, ReadOnlySpan<float> output, int outputSize, NetworkInfo info, long limit)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (input.Length != inputSize)
        {
            Guard.Throw(nameof(input), $"Expected one step of {Guard.Times(inputSize, "float")}, got {input.Length}.");
        }
        CheckState(state, output, outputSize, info, limit);
        if (input.Overlaps(output))
        {
            Guard.Throw(nameof(output), "Expected an output apart from the input, got spans that overlap. Give the output memory of its own.");
        }
    }

    /// <summary>Checks the arguments of a step that takes an id, and puts the id where the step reads it.</summary>
    /// <param name="id">This step.</param>
    /// <param name="vocabulary">How many ids there are.</param>
    /// <param name="state">The stream.</param>
    /// <param name="output">What the step gives.</param>
    /// <param name="outputSize">Floats of that.</param>
    /// <param name="info">The network's tables.</param>
    /// <param name="limit">Steps that a stream may take; <see cref="long.MaxValue"/> for any number.</param>
    /// <exception cref="ArgumentNullException"><paramref name="state"/> is null.</exception>
    /// <exception cref="ArgumentException">The id is outside of the vocabulary, a length does not match, or the state is another network's.</exception>
    /// <exception cref="InvalidOperationException">The stream has taken all of its steps.</exception>
    public static void CheckId(int id, int vocabulary, StreamState state, ReadOnlySpan<float> output, int outputSize, NetworkInfo info, long limit)
    {
        ArgumentNullException.ThrowIfNull(state);
        if ((uint)id >= (uint)vocabulary) Guard.Throw(nameof(id), $"Expected an id from 0 to {vocabulary - 1}, got {id}.");
        CheckState(state, output, outputSize, info, limit);
    }

    /// <summary>Checks an id that comes as a float.</summary>
    /// <exception cref="ArgumentException">It is not whole, or outside of the vocabulary.</exception>
    public static void CheckId(float input, int vocabulary)
    {
        if (!(input >= 0 && input < vocabulary && input == MathF.Floor(input)))
        {
            Guard.Throw(nameof(input), $"Expected a whole number from 0 to {vocabulary - 1}, got {Guard.Print(input)}.");
        }
    }

    /// <summary>What a stream remembers.</summary>
    public static Span<float> Values(StreamState state) => state.Values;

    /// <summary>The memory that a step of the stream computes in.</summary>
    public static Span<float> Workspace(StreamState state) => state.Workspace.Span;

    /// <summary>Until its end, kernels pack operands into memory of the stream.</summary>
    public static ScratchLoan Scratch(StreamState state) => new(state.Workspace);

    /// <summary>The stream has taken a step.</summary>
    public static void Advance(StreamState state) => state.Advance();

    private static void CheckState(StreamState state, ReadOnlySpan<float> output, int outputSize, NetworkInfo info, long limit)
    {
        if (!state.IsOf(info))
        {
            Guard.Throw(nameof(state), $"Expected a state of {info.Name}, made by its NewState(), got one of another network.");
        }
        if (output.Length != outputSize)
        {
            Guard.Throw(nameof(output), $"Expected {Guard.Times(outputSize, "float")} for the output of one step, got {output.Length}.");
        }
        if (state.Steps >= limit)
        {
            throw new InvalidOperationException(
                $"The stream has taken {state.Steps} steps, all that {info.Name} knows positions of. " +
                "Start again with Reset(), declare a longer input, or use attention with a Window and Rotary positions.");
        }
    }
}
