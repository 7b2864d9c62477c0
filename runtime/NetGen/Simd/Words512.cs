using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>Sixteen words in one register.</summary>
internal readonly struct Words512 : IWords<Words512>
{
    private readonly Vector512<uint> _v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Words512(Vector512<uint> v) => _v = v;

    public static int Count => Vector512<uint>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words512 Broadcast(uint value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words512 Sequence(uint start, uint step) => new(Vector512.CreateSequence(start, step));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words512 operator ^(Words512 x, Words512 y) => new(x._v ^ y._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words512 MultiplyWide(Words512 x, uint factor, out Words512 high)
    {
        // The even lanes, then the odd ones in their place.
        Vector512<uint> factors = Vector512.Create(factor), first = Vector512.Create((ulong)uint.MaxValue).AsUInt32();
        Vector512<ulong> even = Avx512F.Multiply(x._v, factors), odd = Avx512F.Multiply((x._v.AsUInt64() >> 32).AsUInt32(), factors);
        high = new(Vector512.ConditionalSelect(first, (even >> 32).AsUInt32(), odd.AsUInt32()));
        return new(Vector512.ConditionalSelect(first, even.AsUInt32(), (odd << 32).AsUInt32()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ScaleBelow(Words512 words, uint bound, ref float place, float factor)
    {
        Vector512<float> below = Vector512.LessThan(words._v, Vector512.Create(bound)).AsSingle();
        (Vector512.LoadUnsafe(ref place) * Vector512.ConditionalSelect(below, Vector512.Create(factor), Vector512<float>.One)).StoreUnsafe(ref place);
    }
}
