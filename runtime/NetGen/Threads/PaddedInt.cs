using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>
/// An int with a cache line to itself, and with the neighbouring line that processors fetch along with it: threads that write what lies beside it do
/// not slow down those that wait for it.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct PaddedInt
{
    [FieldOffset(128)]
    public int Value;
}
