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

    // What is unpacked stays within its 128 bits, so each of these takes every fourth block.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words256 Blocks(uint start) => new(Vector256.Create(start) + Vector256.Create(0u, 2u, 4u, 6u, 1u, 3u, 5u, 7u));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interleave(ref Words256 first, ref Words256 second, ref Words256 third, ref Words256 fourth)
    {
        Vector256<uint> low01 = Avx2.UnpackLow(first._v, second._v), high01 = Avx2.UnpackHigh(first._v, second._v);
        Vector256<uint> low23 = Avx2.UnpackLow(third._v, fourth._v), high23 = Avx2.UnpackHigh(third._v, fourth._v);
        first = new(Avx2.UnpackLow(low01.AsUInt64(), low23.AsUInt64()).AsUInt32());
        second = new(Avx2.UnpackHigh(low01.AsUInt64(), low23.AsUInt64()).AsUInt32());
        third = new(Avx2.UnpackLow(high01.AsUInt64(), high23.AsUInt64()).AsUInt32());
        fourth = new(Avx2.UnpackHigh(high01.AsUInt64(), high23.AsUInt64()).AsUInt32());
    }

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void DropBelow(Words256 words, uint bound, ref readonly float x, ref float y, float scale)
    {
        Vector256<float> below = Vector256.LessThan(words._v, Vector256.Create(bound)).AsSingle();
        Vector256.ConditionalSelect(below, Vector256<float>.Zero, Vector256.LoadUnsafe(in x) * Vector256.Create(scale)).StoreUnsafe(ref y);
    }
}
