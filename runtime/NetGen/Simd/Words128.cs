using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>Four words in one register.</summary>
internal readonly struct Words128 : IWords<Words128>
{
    private readonly Vector128<uint> _v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Words128(Vector128<uint> v) => _v = v;

    public static int Count => Vector128<uint>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words128 Broadcast(uint value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words128 Sequence(uint start, uint step) => new(Vector128.CreateSequence(start, step));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words128 Blocks(uint start) => new(Vector128.Create(start) + Vector128.Create(0u, 1u, 2u, 3u));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interleave(ref Words128 first, ref Words128 second, ref Words128 third, ref Words128 fourth)
    {
        if (!Sse2.IsSupported)
        {
            Vector128<uint> a = first._v, b = second._v, c = third._v, d = fourth._v;
            first = new(Vector128.Create(a[0], b[0], c[0], d[0]));
            second = new(Vector128.Create(a[1], b[1], c[1], d[1]));
            third = new(Vector128.Create(a[2], b[2], c[2], d[2]));
            fourth = new(Vector128.Create(a[3], b[3], c[3], d[3]));
            return;
        }
        Vector128<uint> low01 = Sse2.UnpackLow(first._v, second._v), high01 = Sse2.UnpackHigh(first._v, second._v);
        Vector128<uint> low23 = Sse2.UnpackLow(third._v, fourth._v), high23 = Sse2.UnpackHigh(third._v, fourth._v);
        first = new(Sse2.UnpackLow(low01.AsUInt64(), low23.AsUInt64()).AsUInt32());
        second = new(Sse2.UnpackHigh(low01.AsUInt64(), low23.AsUInt64()).AsUInt32());
        third = new(Sse2.UnpackLow(high01.AsUInt64(), high23.AsUInt64()).AsUInt32());
        fourth = new(Sse2.UnpackHigh(high01.AsUInt64(), high23.AsUInt64()).AsUInt32());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words128 operator ^(Words128 x, Words128 y) => new(x._v ^ y._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words128 MultiplyWide(Words128 x, uint factor, out Words128 high)
    {
        if (!Sse2.IsSupported)
        {
            (Vector128<ulong> lower, Vector128<ulong> upper) = Vector128.Widen(x._v);
            lower *= factor;
            upper *= factor;
            high = new(Vector128.Narrow(lower >> 32, upper >> 32));
            return new(Vector128.Narrow(lower, upper));
        }
        // The even lanes, then the odd ones in their place.
        Vector128<uint> factors = Vector128.Create(factor), first = Vector128.Create((ulong)uint.MaxValue).AsUInt32();
        Vector128<ulong> even = Sse2.Multiply(x._v, factors), odd = Sse2.Multiply((x._v.AsUInt64() >> 32).AsUInt32(), factors);
        high = new(Vector128.ConditionalSelect(first, (even >> 32).AsUInt32(), odd.AsUInt32()));
        return new(Vector128.ConditionalSelect(first, even.AsUInt32(), (odd << 32).AsUInt32()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ScaleBelow(Words128 words, uint bound, ref float place, float factor)
    {
        Vector128<float> below = Vector128.LessThan(words._v, Vector128.Create(bound)).AsSingle();
        (Vector128.LoadUnsafe(ref place) * Vector128.ConditionalSelect(below, Vector128.Create(factor), Vector128<float>.One)).StoreUnsafe(ref place);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void DropBelow(Words128 words, uint bound, ref readonly float x, ref float y, float scale)
    {
        Vector128<float> below = Vector128.LessThan(words._v, Vector128.Create(bound)).AsSingle();
        Vector128.ConditionalSelect(below, Vector128<float>.Zero, Vector128.LoadUnsafe(in x) * Vector128.Create(scale)).StoreUnsafe(ref y);
    }
}
