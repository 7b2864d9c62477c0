using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>What a network needs to train and not to predict: gradients, and the arena of activations whose size is affine in the batch.</summary>
/// <param name="parameterFloats">Length of the flat buffer of parameters, gaps included.</param>
/// <param name="arenaFixed">Floats of the arena that every batch needs.</param>
/// <param name="arenaPerSample">Floats of the arena for each sample of the batch.</param>
/// <param name="keepsLengths">Whether the lengths of sequences are kept.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TrainingMemory(int parameterFloats, int arenaFixed, int arenaPerSample, bool keepsLengths = false)
{
    private AlignedBuffer? _gradients;
    private AlignedBuffer? _arena;
    private int[] _lengths = [];
    private int _lengthCount;

    /// <summary>What <see cref="KeepLengths"/> kept; empty where all sequences are full.</summary>
    public ReadOnlySpan<int> Lengths => _lengths.AsSpan(0, _lengthCount);

    /// <summary>Keeps the lengths of a batch's sequences for Backward, as the caller's memory may have changed by then. The batch's arena has been reserved.</summary>
    public void KeepLengths(ReadOnlySpan<int> lengths)
    {
        lengths.CopyTo(_lengths);
        _lengthCount = lengths.Length;
    }

    /// <summary>The gradients, in the layout of the parameters; zero until written, allocated by <see cref="Reserve(int)"/> or at the first use.</summary>
    public Span<float> Gradients => (_gradients ??= new AlignedBuffer(parameterFloats)).Span;

    /// <summary>
    /// Makes the gradients, and the arena large enough for <paramref name="maxBatch"/> samples. What the arena held is lost when it grows.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxBatch"/> is below 1, or its arena would not fit an array.</exception>
    public void Reserve(int maxBatch) => Reserve(maxBatch, nameof(maxBatch));

    /// <summary>
    /// The arena of a batch: exactly <c>arenaFixed + arenaPerSample * batch</c> floats, reserved where they are not yet. Contents are undefined.
    /// </summary>
    public Span<float> Arena(int batch)
    {
        Reserve(batch, nameof(batch));
        return _arena!.Span[..(int)Floats(batch)];
    }

    private void Reserve(int batch, string parameter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1, parameter);
        long floats = Floats(batch);
        if (_arena is null || _arena.Length < floats)
        {
            long largest = Array.MaxLength - AlignedBuffer.Alignment;
            if (floats > largest)
            {
                throw new ArgumentOutOfRangeException(
                    parameter,
                    batch,
                    $"Expected a batch of at most {(largest - arenaFixed) / arenaPerSample} samples, whose memory fits one array, " +
                    $"got {batch}. Train with a smaller batch.");
            }
            _arena = null; // So that the old and the new arena are never held together.
            _arena = new AlignedBuffer((int)floats);
        }
        _gradients ??= new AlignedBuffer(parameterFloats);
        if (keepsLengths && _lengths.Length < batch)
        {
            _lengths = new int[batch];
            _lengthCount = 0;
        }
    }

    private long Floats(int batch) => arenaFixed + (long)arenaPerSample * batch;
}
