using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>The states of recurrences that training carries from one batch to the next.</summary>
/// <param name="floats">Floats of one sequence.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CarriedMemory(int floats)
{
    private AlignedBuffer? _states;

    // Sequences whose states are carried; 0 before the first batch.
    private int _sequences;

    /// <summary>Makes room for batches of up to <paramref name="maxBatch"/> samples. What is carried stays.</summary>
    /// <exception cref="ArgumentOutOfRangeException">That is more than one array has room for.</exception>
    public void Reserve(int maxBatch)
    {
        if (_states is not null && _states.Length / floats >= maxBatch)
        {
            return;
        }
        int most = (Array.MaxLength - AlignedBuffer.Alignment) / floats;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxBatch, most);
        AlignedBuffer states = new(floats * maxBatch);
        _states?.Span[..(floats * _sequences)].CopyTo(states.Span);
        _states = states;
    }

    /// <summary>Checks that a batch goes on with the sequences of the one before.</summary>
    /// <exception cref="InvalidOperationException">It has another number of samples.</exception>
    public void Check(int batch)
    {
        if (_sequences != 0 && _sequences != batch)
        {
            throw new InvalidOperationException(
                $"The states of {_sequences} sequences are carried from the batch before, so the next has {_sequences} samples, too; got {batch}. " +
                "Call ResetStates() to start with other sequences.");
        }
    }

    /// <summary>Begins with a checked batch: the states are those that the batch before left, or zeros.</summary>
    public void Begin(int batch)
    {
        if (_sequences == 0)
        {
            Reserve(batch);
            _sequences = batch;
            States.Clear();
        }
    }

    /// <summary>The states of the batch that has begun, all of one recurrence together.</summary>
    public Span<float> States => _states is null ? [] : _states.Span[..(floats * _sequences)];

    /// <summary>The next batch starts at zero.</summary>
    public void Reset() => _sequences = 0;

    /// <summary>The next batch starts with a copy of <paramref name="states"/>, which <see cref="States"/> gave.</summary>
    /// <exception cref="ArgumentException">They are not those of a whole number of sequences.</exception>
    public void Restore(ReadOnlySpan<float> states)
    {
        if (states.Length % floats != 0)
        {
            throw new ArgumentException($"Expected a multiple of {floats} floats, the states of a sequence, got {states.Length}.", nameof(states));
        }
        Reserve(states.Length / floats);
        _sequences = states.Length / floats;
        states.CopyTo(States);
    }
}
