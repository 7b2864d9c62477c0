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

    // What is unpacked stays within its 128 bits, so each of these takes every fourth block.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words512 Blocks(uint start) => new(Vector512.Create(start) + Vector512.Create(0u, 4u, 8u, 12u, 1u, 5u, 9u, 13u, 2u, 6u, 10u, 14u, 3u, 7u, 11u, 15u));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interleave(ref Words512 first, ref Words512 second, ref Words512 third, ref Words512 fourth)
    {
        Vector512<uint> low01 = Avx512F.UnpackLow(first._v, second._v), high01 = Avx512F.UnpackHigh(first._v, second._v);
        Vector512<uint> low23 = Avx512F.UnpackLow(third._v, fourth._v), high23 = Avx512F.UnpackHigh(third._v, fourth._v);
        first = new(Avx512F.UnpackLow(low01.AsUInt64(), low23.AsUInt64()).AsUInt32());
        second = new(Avx512F.UnpackHigh(low01.AsUInt64(), low23.AsUInt64()).AsUInt32());
        third = new(Avx512F.UnpackLow(high01.AsUInt64(), high23.AsUInt64()).AsUInt32());
        fourth = new(Avx512F.UnpackHigh(high01.AsUInt64(), high23.AsUInt64()).AsUInt32());
    }

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void DropBelow(Words512 words, uint bound, ref readonly float x, ref float y, float scale)
    {
        Vector512<float> below = Vector512.LessThan(words._v, Vector512.Create(bound)).AsSingle();
        Vector512.ConditionalSelect(below, Vector512<float>.Zero, Vector512.LoadUnsafe(in x) * Vector512.Create(scale)).StoreUnsafe(ref y);
    }
}
