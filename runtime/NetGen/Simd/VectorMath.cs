using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// The elementary functions of networks over 16 lanes. NaN gives NaN; errors are in units in the last place (ulp) of the float nearest to the true
/// value, over all floats, denormal results included.
/// </summary>
/// <remarks>Polynomials are minimax fits on their reduced ranges, their coefficients rounded to float.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VectorMath
{
    /// <summary><c>e^x</c>, within 2 ulp; 0 below -104, infinity above 88.8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x) where V : struct, IVector16<V>
    {
        // Beyond these bounds the result is 0 or infinity anyway, and 2^n could no longer be built. NaN passes: it is the second operand.
        x = V.Min(V.Broadcast(89), V.Max(V.Broadcast(-104), x));
        return V.ScaleByPowerOfTwo(V.Broadcast(1) + ReducedExpMinusOne(x, out V n), n);
    }

    /// <summary><c>e^x - 1</c>, within 3 ulp, also where it is tiny; -1 below -17.4, infinity above 88.8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpMinusOne<V>(V x) where V : struct, IVector16<V>
    {
        x = V.Min(V.Broadcast(89), V.Max(V.Broadcast(-104), x));
        V p = ReducedExpMinusOne(x, out V n);
        // Half of 2^n (p + 1) - 1, doubled at the end: 2^128 is no float, but the largest results need it.
        V half = V.ScaleByPowerOfTwo(V.Broadcast(0.5f), n);
        V result = V.MultiplyAdd(half, p, half - V.Broadcast(0.5f));
        return result + result;
    }

    /// <summary><c>ln(1 + x)</c> for <paramref name="x"/> in [0, 1], the range of <c>e^-|x|</c>; within 3 ulp, also where it is tiny.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LogOnePlusUnit<V>(V x) where V : struct, IVector16<V>
    {
        // ln(1 + x) = 2 artanh(s), s = x / (2 + x) <= 1/3.
        V s = x / (x + V.Broadcast(2));
        V z = s * s;
        V p = V.MultiplyAdd(V.Broadcast(0.242898256f), z, V.Broadcast(0.214306548f));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.286166072f));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.39998889f));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.666666746f));
        return V.MultiplyAdd(p * z, s, s + s);
    }

    /// <summary><c>tanh x = (e^2x - 1) / (e^2x + 1)</c>, within 5 ulp; odd, -1 and 1 at the infinities.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x) where V : struct, IVector16<V>
    {
        // From |x| = 9.02 on the float nearest to tanh is 1.
        V magnitude = V.Min(V.Broadcast(10), V.Abs(x));
        V p = ReducedExpMinusOne(magnitude + magnitude, out V n);
        V scale = V.ScaleByPowerOfTwo(V.Broadcast(1), n);
        V e = V.MultiplyAdd(scale, p, scale - V.Broadcast(1));
        return V.CopySign(e / (e + V.Broadcast(2)), x);
    }

    /// <summary><c>1 / (1 + e^-x)</c>, within 4 ulp, for very negative <paramref name="x"/> too; 0 and 1 at the infinities.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V>(V x) where V : struct, IVector16<V>
    {
        // With e^-|x| <= 1 nothing overflows: 1 / (1 + e) on the right, e / (1 + e) on the left.
        V e = Exp(-V.Abs(x));
        V one = V.Broadcast(1);
        return V.SelectGreater(V.Broadcast(0), x, e, one) / (one + e);
    }

    /// <summary><c>ln(1 + e^x)</c>, within 3 ulp, for very negative <paramref name="x"/> too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Softplus<V>(V x) where V : struct, IVector16<V> => V.Max(V.Broadcast(0), x) + LogOnePlusUnit(Exp(-V.Abs(x)));

    /// <summary>The error function <c>2/sqrt(pi) * integral of e^-t^2 from 0 to x</c>, within 3 ulp; odd, -1 and 1 at the infinities.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf<V>(V x) where V : struct, IVector16<V>
    {
        // |x| <= 1: x + x R(x^2).
        V z = x * x;
        V small = V.MultiplyAdd(V.Broadcast(7.85383891e-5f), z, V.Broadcast(-8.01018672e-4f));
        small = V.MultiplyAdd(small, z, V.Broadcast(0.00518832682f));
        small = V.MultiplyAdd(small, z, V.Broadcast(-0.026853811f));
        small = V.MultiplyAdd(small, z, V.Broadcast(0.112835854f));
        small = V.MultiplyAdd(small, z, V.Broadcast(-0.37612626f));
        small = V.MultiplyAdd(small, z, V.Broadcast(0.128379166f));
        small = V.MultiplyAdd(small, x, x);

        // 1 < |x|: 1 - e^P(|x|), P = ln erfc. From 3.92 on the float nearest to erf is 1.
        V t = V.Min(V.Broadcast(4), V.Abs(x));
        V large = V.MultiplyAdd(V.Broadcast(1.86317222e-4f), t, V.Broadcast(-0.0029471023f));
        large = V.MultiplyAdd(large, t, V.Broadcast(0.0218360592f));
        large = V.MultiplyAdd(large, t, V.Broadcast(-0.103103042f));
        large = V.MultiplyAdd(large, t, V.Broadcast(-0.638148606f));
        large = V.MultiplyAdd(large, t, V.Broadcast(-1.12708724f));
        large = V.MultiplyAdd(large, t, V.Broadcast(-3.41933453e-4f));
        large = V.CopySign(V.Broadcast(1) - Exp(large), x);
        return V.SelectGreater(t, V.Broadcast(1), large, small);
    }

    // x = n ln 2 + r with whole n and |r| <= ln 2 / 2; returns e^r - 1 (Cody and Waite's reduction).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ReducedExpMinusOne<V>(V x, out V n) where V : struct, IVector16<V>
    {
        // 1.5 * 2^23: the sum has no bits for a fraction, so adding it rounds to the nearest whole number.
        V round = V.Broadcast(12582912f);
        n = V.MultiplyAdd(x, V.Broadcast(1.44269504f), round) - round;
        // ln 2 in two parts; n times the first is exact, fused or not.
        V r = V.MultiplyAdd(n, V.Broadcast(-0.693359375f), x);
        r = V.MultiplyAdd(n, V.Broadcast(2.12194440e-4f), r);
        V p = V.MultiplyAdd(V.Broadcast(1.98462221e-4f), r, V.Broadcast(0.00139408279f));
        p = V.MultiplyAdd(p, r, V.Broadcast(0.00833338872f));
        p = V.MultiplyAdd(p, r, V.Broadcast(0.0416663587f));
        p = V.MultiplyAdd(p, r, V.Broadcast(0.166666657f));
        p = V.MultiplyAdd(p, r, V.Broadcast(0.5f));
        return V.MultiplyAdd(p, r * r, r);
    }
}
