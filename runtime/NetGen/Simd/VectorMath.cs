using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// The elementary functions of networks over 16 lanes. NaN gives NaN; errors are in units in the last place (ulp) of the float nearest to the true
/// value, over all floats, denormal results included.
/// </summary>
/// <remarks>
/// Polynomials and quotients of polynomials are minimax fits of the relative error (Remez's algorithm) on the ranges that the comments give, their
/// coefficients rounded to float; those of tanh and erf were then moved by some ulp to where the error of the float arithmetic, fused or not, is smallest.
/// </remarks>
public static class VectorMath
{
    /// <summary><c>e^x</c>, within 2 ulp; 0 below -104, infinity above 88.8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x) where V : struct, ILanes<V>
    {
        V r = Reduce(Clamp(x), out V n);
        return V.ScaleByPowerOfTwo(ReducedExp(r), n);
    }

    /// <summary><c>e^x</c> for <paramref name="x"/> at most 0; the bits of <see cref="Exp"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V ExpAtMostOne<V>(V x) where V : struct, ILanes<V>
    {
        V r = Reduce(V.Max(V.Broadcast(-104), x), out V n);
        return V.ScaleByPowerOfTwo(ReducedExp(r), n);
    }

    /// <summary><c>e^x - 1</c>, within 3 ulp, also where it is tiny; -1 below -17.4, infinity above 88.8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpMinusOne<V>(V x) where V : struct, ILanes<V>
    {
        V r = Reduce(Clamp(x), out V n);
        // e^r - 1 = r + r^2 P(r).
        V p = V.MultiplyAdd(V.Broadcast(1.98462221e-4f), r, V.Broadcast(0.00139408279f));
        p = V.MultiplyAdd(p, r, V.Broadcast(0.00833338872f));
        p = V.MultiplyAdd(p, r, V.Broadcast(0.0416663587f));
        p = V.MultiplyAdd(p, r, V.Broadcast(0.166666657f));
        p = V.MultiplyAdd(p, r, V.Broadcast(0.5f));
        p = V.MultiplyAdd(p, r * r, r);
        // Half of 2^n (p + 1) - 1, doubled at the end: 2^128 is no float, but the largest results need it.
        V half = V.ScaleByPowerOfTwo(V.Broadcast(0.5f), n);
        V result = V.MultiplyAdd(half, p, half - V.Broadcast(0.5f));
        return result + result;
    }

    /// <summary><c>ln x</c>, within 2 ulp, of denormals too; minus infinity at 0, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V x) where V : struct, ILanes<V> =>
        // The exponents of 0 and infinity are infinite, and so are the logarithms; the mantissa of what has no logarithm is NaN.
        ReducedLog(V.SplitPowerOfTwo(x, out V n) - V.Broadcast(1), n);

    /// <summary><c>ln(1 + x)</c> for <paramref name="x"/> of at least 0; within 3 ulp, also where it is tiny.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LogOnePlus<V>(V x) where V : struct, ILanes<V>
    {
        // 1 + x = sum + lost exactly, where lost is what rounding the sum takes; with sum = 2^n m it is 2^n (m + 2^-n lost).
        V one = V.Broadcast(1);
        V sum = one + x;
        V lost = V.Min(one, x) - (sum - V.Max(one, x));
        V m = V.SplitPowerOfTwo(sum, out V n);
        V f = V.MultiplyAdd(lost, V.ScaleByPowerOfTwo(one, -n), m - one);
        return V.SelectGreater(V.Broadcast(float.PositiveInfinity), x, ReducedLog(f, n), x);
    }

    /// <summary><c>ln(1 + x)</c> for <paramref name="x"/> in [0, 1], the range of <c>e^-|x|</c>; within 3 ulp, also where it is tiny.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LogOnePlusUnit<V>(V x) where V : struct, ILanes<V>
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

    /// <summary><c>tanh x</c>, within 5 ulp, 6 where multiply-add is not fused; odd, never beyond -1 and 1, which it is at the infinities.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x) where V : struct, ILanes<V>
    {
        // x P(x^2) / Q(x^2) with a Q that starts with z^4: an addition costs less than a multiply-add, which there are many of. Fitted up to 9.02:
        // from there on the float nearest to tanh is 1. At 9.6 the quotient is above 1 by more than it is rounded.
        V t = V.Min(V.Broadcast(9.6f), V.Abs(x));
        V z = t * t;
        V p = V.MultiplyAdd(V.Broadcast(0.0171593893f), z, V.Broadcast(26.5181828f));
        V q = z + V.Broadcast(422.968201f);
        p = V.MultiplyAdd(p, z, V.Broadcast(4501.43896f));
        q = V.MultiplyAdd(q, z, V.Broadcast(33330.2422f));
        p = V.MultiplyAdd(p, z, V.Broadcast(172373.672f));
        q = V.MultiplyAdd(q, z, V.Broadcast(601813.562f));
        p = V.MultiplyAdd(p, z, V.Broadcast(1288320.38f)) * t;
        q = V.MultiplyAdd(q, z, V.Broadcast(1288320.38f));
        return V.CopySign(V.Min(V.Broadcast(1), p / q), x);
    }

    /// <summary><c>1 / (1 + e^-x)</c>, within 4 ulp, for very negative <paramref name="x"/> too; 0 and 1 at the infinities.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V>(V x) where V : struct, ILanes<V>
    {
        // With e^x = 2^n e^r: 2^n / (2^n + e^-r), where 2^n is exact, never infinite, and 0 only where the result is.
        V r = Reduce(V.Min(V.Broadcast(87), V.Max(V.Broadcast(-104), x)), out V n);
        V scale = V.ScaleByPowerOfTwo(V.Broadcast(1), n);
        return scale / (scale + ReducedExp(-r));
    }

    /// <summary><c>ln(1 + e^x)</c>, within 3 ulp, for very negative <paramref name="x"/> too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Softplus<V>(V x) where V : struct, ILanes<V> => V.Max(V.Broadcast(0), x) + LogOnePlusUnit(ExpAtMostOne(-V.Abs(x)));

    /// <summary><c>sin x</c>, within 2e-7 for <paramref name="x"/> up to 30,000 in magnitude; beyond, any number from -1 to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sin<V>(V x) where V : struct, ILanes<V>
    {
        V n = Round(x * V.Broadcast(0.318309886f));
        return AtMostOne(SignOfHalfTurns(n) * SineAfter(x, n));
    }

    /// <summary><c>cos x</c>, within 2e-7 for <paramref name="x"/> up to 30,000 in magnitude; beyond, any number from -1 to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cos<V>(V x) where V : struct, ILanes<V>
    {
        // cos((n + 1/2) pi + r) = -(-1)^n sin r.
        V half = V.Broadcast(0.5f);
        V n = Round(V.MultiplyAdd(x, V.Broadcast(0.318309886f), -half));
        return -AtMostOne(SignOfHalfTurns(n) * SineAfter(x, n + half));
    }

    /// <summary>
    /// The error function <c>2/sqrt(pi) * integral of e^-t^2 from 0 to x</c>, within 5 ulp, 6 where multiply-add is not fused; odd, never beyond -1 and 1,
    /// which it is at the infinities.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf<V>(V x) where V : struct, ILanes<V>
    {
        // x P(x^2) / Q(x^2) with a Q that starts with z^5, as in tanh, fitted up to 3.925: from there on the float nearest to erf is 1. At 4.1 the
        // quotient is above 1 by more than it is rounded.
        V t = V.Min(V.Broadcast(4.1f), V.Abs(x));
        V z = t * t;
        V p = V.MultiplyAdd(V.Broadcast(0.0537751205f), z, V.Broadcast(7.48649263f));
        V q = z + V.Broadcast(30.5895805f);
        p = V.MultiplyAdd(p, z, V.Broadcast(99.1537704f));
        q = V.MultiplyAdd(q, z, V.Broadcast(393.801086f));
        p = V.MultiplyAdd(p, z, V.Broadcast(1386.92395f));
        q = V.MultiplyAdd(q, z, V.Broadcast(3001.04175f));
        p = V.MultiplyAdd(p, z, V.Broadcast(5009.34229f));
        q = V.MultiplyAdd(q, z, V.Broadcast(13200.3066f));
        p = V.MultiplyAdd(p, z, V.Broadcast(29656.8848f)) * t;
        q = V.MultiplyAdd(q, z, V.Broadcast(26282.7324f));
        return V.CopySign(V.Min(V.Broadcast(1), p / q), x);
    }

    /// <summary>From here on <see cref="InverseNormalTail"/> is infinity.</summary>
    internal const float NormalTailIsZero = 20;

    /// <summary>
    /// <c>1 / Phi(-t)</c> for <paramref name="t"/> at least 0, the inverse of the normal distribution's tail. t divided by it is within 3e-8 or
    /// within 16 ulp, whichever is more.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V InverseNormalTail<V>(V t) where V : struct, ILanes<V>
    {
        // 2 P(t)^8 with a P that starts with 1: the form of Abramowitz and Stegun 7.1.28, fitted to t Phi(-t) up to t = 6.5.
        V p = V.MultiplyAdd(V.Broadcast(3.22688866582e-7f), t, V.Broadcast(-1.71249158774e-6f));
        p = V.MultiplyAdd(p, t, V.Broadcast(1.0703425367e-5f));
        p = V.MultiplyAdd(p, t, V.Broadcast(1.12296801801e-5f));
        p = V.MultiplyAdd(p, t, V.Broadcast(0.000268061662581f));
        p = V.MultiplyAdd(p, t, V.Broadcast(0.00081459664216f));
        p = V.MultiplyAdd(p, t, V.Broadcast(0.00869047054974f));
        p = V.MultiplyAdd(p, t, V.Broadcast(0.0447592063057f));
        p = V.MultiplyAdd(p, t, V.Broadcast(0.0997358142471f));
        p = V.MultiplyAdd(p, t, V.Broadcast(1));
        p *= p;
        p *= p;
        return p * (p + p);
    }

    // Beyond these bounds e^x is 0 or infinity anyway, and 2^n could no longer be built. NaN passes: it is the second operand.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Clamp<V>(V x) where V : struct, ILanes<V> => V.Min(V.Broadcast(89), V.Max(V.Broadcast(-104), x));

    // x = n ln 2 + r with whole n and |r| <= ln 2 / 2; returns r (Cody and Waite's reduction).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Reduce<V>(V x, out V n) where V : struct, ILanes<V>
    {
        V round = V.Broadcast(12582912f);   // as in Round
        n = V.MultiplyAdd(x, V.Broadcast(1.44269504f), round) - round;
        // ln 2 in two parts; n times the first is exact, fused or not.
        V r = V.MultiplyAdd(n, V.Broadcast(-0.693359375f), x);
        return V.MultiplyAdd(n, V.Broadcast(2.12194440e-4f), r);
    }

    // e^r = 1 + r + r^2 P(r) for |r| <= ln 2 / 2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ReducedExp<V>(V r) where V : struct, ILanes<V>
    {
        // In two halves that do not wait for one another.
        V square = r * r;
        V high = V.MultiplyAdd(V.Broadcast(0.00836874513328f), r, V.Broadcast(0.0416683907435f));
        V low = V.MultiplyAdd(V.Broadcast(0.166665203988f), r, V.Broadcast(0.499999934323f));
        high = V.MultiplyAdd(V.Broadcast(0.00138145420469f), square, high);
        return V.MultiplyAdd(V.MultiplyAdd(high, square, low), square, r + V.Broadcast(1));
    }

    // 1.5 * 2^23: the sum has no bits for a fraction, so adding it rounds to the nearest whole number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Round<V>(V x) where V : struct, ILanes<V> => x + V.Broadcast(12582912f) - V.Broadcast(12582912f);

    // Where the number of half turns is not exact, what is left of x may be any number; NaN stays NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AtMostOne<V>(V x) where V : struct, ILanes<V> => V.Min(V.Broadcast(1), V.Max(V.Broadcast(-1), x));

    // (-1)^n: half of an odd n lies 1/2 from a whole number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SignOfHalfTurns<V>(V n) where V : struct, ILanes<V>
    {
        V half = V.Broadcast(0.5f) * n;
        return V.MultiplyAdd(V.Broadcast(-4), V.Abs(half - Round(half)), V.Broadcast(1));
    }

    // sin(x - n pi), |x - n pi| <= pi / 2, with pi in four parts whose products with n are exact; the odd polynomial is SLEEF's (Shibata and Petrogalli 2020).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SineAfter<V>(V x, V n) where V : struct, ILanes<V>
    {
        V r = V.MultiplyAdd(n, V.Broadcast(-3.140625f), x);
        r = V.MultiplyAdd(n, V.Broadcast(-9.67025757e-4f), r);
        r = V.MultiplyAdd(n, V.Broadcast(-6.27711415e-7f), r);
        r = V.MultiplyAdd(n, V.Broadcast(-1.21542013e-10f), r);
        V z = r * r;
        V p = V.MultiplyAdd(V.Broadcast(2.60831598e-6f), z, V.Broadcast(-1.98106907e-4f));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.00833307859f));
        p = V.MultiplyAdd(p, z, V.Broadcast(-0.166666597f));
        return V.MultiplyAdd(p * z, r, r);
    }

    // n ln 2 + ln(1 + f) with ln(1 + f) = f - f^2 / 2 + f^3 P(f) for f from -1/4 to 1/2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ReducedLog<V>(V f, V n) where V : struct, ILanes<V>
    {
        // In halves that do not wait for one another.
        V square = f * f;
        V p0 = V.MultiplyAdd(V.Broadcast(0.333334714f), f, V.Broadcast(-0.5f));
        V p2 = V.MultiplyAdd(V.Broadcast(0.199822709f), f, V.Broadcast(-0.249963596f));
        V p4 = V.MultiplyAdd(V.Broadcast(0.1490511f), f, V.Broadcast(-0.167887464f));
        V p6 = V.MultiplyAdd(V.Broadcast(0.0556152798f), f, V.Broadcast(-0.121163547f));
        V p = V.MultiplyAdd(V.MultiplyAdd(V.MultiplyAdd(p6, square, p4), square, p2), square, p0);
        // ln 2 in two parts of one sign, so that infinite n do not cancel; n times the first is exact, fused or not.
        p = V.MultiplyAdd(p, square, V.MultiplyAdd(n, V.Broadcast(9.0580006145e-6f), f));
        return V.MultiplyAdd(n, V.Broadcast(0.69313812256f), p);
    }
}
