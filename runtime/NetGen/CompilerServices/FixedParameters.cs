using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>The parameters of a network that only predicts: where they lie in the assembly, or in memory that all instances share.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class FixedParameters
{
    private static readonly Lock Folding = new();

    private readonly float* _start;
    private readonly int _length;
    private readonly AlignedBuffer? _memory;   // what the pointer points into, where it is no assembly

    /// <summary>Parameters that lie in an assembly as they are: nothing is copied. The class of the network keeps the assembly loaded.</summary>
    /// <param name="frozen">Little-endian floats, as <see cref="EmbeddedWeights.Open"/> found them.</param>
    public FixedParameters(ReadOnlySpan<byte> frozen)
    {
        _length = frozen.Length / sizeof(float);
        if (BitConverter.IsLittleEndian)
        {
            _start = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(frozen));
            return;
        }
        _memory = new AlignedBuffer(_length);
        SafetensorsNumbers.ToFloats(SafetensorsType.F32, frozen, _memory.Span);
        _start = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(_memory.Span));
    }

    private FixedParameters(AlignedBuffer memory)
    {
        (_memory, _length) = (memory, memory.Length);
        _start = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(memory.Span));
    }

    /// <summary>The floats.</summary>
    public ReadOnlySpan<float> Span => new(_start, _length);

    /// <summary>The parameters that all instances of a class share; the first one computes them.</summary>
    /// <param name="shared">Where the class keeps them.</param>
    /// <param name="length">How many they are.</param>
    /// <param name="fold">Computes them, into zeros.</param>
    public static FixedParameters Shared(ref FixedParameters? shared, int length, Action<Span<float>> fold)
    {
        if (Volatile.Read(ref shared) is { } known)
        {
            return known;
        }
        lock (Folding)
        {
            if (shared is null)
            {
                var memory = new AlignedBuffer(length);
                fold(memory.Span);
                Volatile.Write(ref shared, new FixedParameters(memory));
            }
            return shared;
        }
    }
}
