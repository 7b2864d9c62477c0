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
}
