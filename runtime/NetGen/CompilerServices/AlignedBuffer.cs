using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>Floats that start on a 64-byte boundary and never move: a pinned array, so there is nothing to dispose.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AlignedBuffer
{
    /// <summary>Floats in one cache line, the unit of alignment.</summary>
    public const int Alignment = 16;

    private readonly float[] _array;
    private readonly int _start;

    /// <summary>Reserves <paramref name="length"/> floats, all zero.</summary>
    public AlignedBuffer(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _array = GC.AllocateArray<float>(checked(length + Alignment - 1), pinned: true);
        Length = length;
        unsafe
        {
            nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_array));
            _start = (int)((0 - address) % (Alignment * sizeof(float))) / sizeof(float);
        }
    }

    /// <summary>Number of floats.</summary>
    public int Length { get; }

    /// <summary>The floats.</summary>
    // Without the checks of a slice, which a small network would notice: the constructor made them true.
    public Span<float> Span => MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_array), _start), Length);
}
