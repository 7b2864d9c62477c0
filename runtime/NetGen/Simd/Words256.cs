using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>Eight words in one register.</summary>
internal readonly struct Words256 : IWords<Words256>
{
    private readonly Vector256<uint> _v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Words256(Vector256<uint> v) => _v = v;

    public static int Count => Vector256<uint>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words256 Broadcast(uint value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words256 Sequence(uint start, uint step) => new(Vector256.CreateSequence(start, step));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words256 operator ^(Words256 x, Words256 y) => new(x._v ^ y._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words256 MultiplyWide(Words256 x, uint factor, out Words256 high)
    {
        // The even lanes, then the odd ones in their place.
        Vector256<uint> factors = Vector256.Create(factor), first = Vector256.Create((ulong)uint.MaxValue).AsUInt32();
        Vector256<ulong> even = Avx2.Multiply(x._v, factors), odd = Avx2.Multiply((x._v.AsUInt64() >> 32).AsUInt32(), factors);
        high = new(Vector256.ConditionalSelect(first, (even >> 32).AsUInt32(), odd.AsUInt32()));
        return new(Vector256.ConditionalSelect(first, even.AsUInt32(), (odd << 32).AsUInt32()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ScaleBelow(Words256 words, uint bound, ref float place, float factor)
    {
        Vector256<float> below = Vector256.LessThan(words._v, Vector256.Create(bound)).AsSingle();
        (Vector256.LoadUnsafe(ref place) * Vector256.ConditionalSelect(below, Vector256.Create(factor), Vector256<float>.One)).StoreUnsafe(ref place);
    }
}
