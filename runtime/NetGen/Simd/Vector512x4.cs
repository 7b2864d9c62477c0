using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>
/// Sixty-four lanes in four 512-bit registers: a function of one vector is a chain of operations that each wait for the one before, and the processor's
/// queue of waiting operations is too short to find enough other work in later rounds of a loop. So loops over elements interleave four vectors. The
/// narrower widths interleave two or four already, because they need as many registers for sixteen lanes.
/// </summary>
internal readonly struct Vector512x4 : ILanes<Vector512x4>
{
    private readonly Vector512<float> _a;
    private readonly Vector512<float> _b;
    private readonly Vector512<float> _c;
    private readonly Vector512<float> _d;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512x4(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        _a = a;
        _b = b;
        _c = c;
        _d = d;
    }

    /// <inheritdoc/>
    public static int Count => 64;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x4 Load(ref readonly float source) => new(
        Vector512.LoadUnsafe(in source),
        Vector512.LoadUnsafe(in source, 16),
        Vector512.LoadUnsafe(in source, 32),
        Vector512.LoadUnsafe(in source, 48));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512x4 vector, ref float destination)
    {
        vector._a.StoreUnsafe(ref destination);
        vector._b.StoreUnsafe(ref destination, 16);
        vector._c.StoreUnsafe(ref destination, 32);
        vector._d.StoreUnsafe(ref destination, 48);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x4 Broadcast(float value)
    {
        Vector512<float> all = Vector512.Create(value);
        return new(all, all, all, all);
    }

    /// <summary>Reads sixteen floats of each of four rows, <paramref name="step"/> floats apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x4 LoadRows(ref readonly float source, nint step) => new(
        Vector512.LoadUnsafe(in source),
        Vector512.LoadUnsafe(in source, (nuint)step),
        Vector512.LoadUnsafe(in source, (nuint)(step * 2)),
        Vector512.LoadUnsafe(in source, (nuint)(step * 3)));

    /// <summary>Writes what <see cref="LoadRows"/> reads.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreRows(Vector512x4 vector, ref float destination, nint step)
    {
        vector._a.StoreUnsafe(ref destination);
        vector._b.StoreUnsafe(ref destination, (nuint)step);
        vector._c.StoreUnsafe(ref destination, (nuint)(step * 2));
        vector._d.StoreUnsafe(ref destination, (nuint)(step * 3));
    }

    /// <summary>One vector four times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x4 Repeat(Vector512<float> x) => new(x, x, x, x);

    /// <summary>Adds the four vectors to <paramref name="sum"/>, one after the other as a loop over sixteen lanes would.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddInOrder(Vector512<float> sum, Vector512x4 x) => sum + x._a + x._b + x._c + x._d;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x4 operator +(Vector512x4 x, Vector512x4 y) => new(x._a + y._a, x._b + y._b, x._c + y._c, x._d + y._d);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x4 operator -(Vector512x4 x, Vector512x4 y) => new(x._a - y._a, x._b - y._b, x._c - y._c, x._d - y._d);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x4 operator *(Vector512x4 x, Vector512x4 y) => new(x._a * y._a, x._b * y._b, x._c * y._c, x._d * y._d);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x4 operator /(Vector512x4 x, Vector512x4 y) => new(x._a / y._a, x._b / y._b, x._c / y._c, x._d / y._d);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x4 operator -(Vector512x4 x) => new(-x._a, -x._b, -x._c, -x._d);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x4 MultiplyAdd(Vector512x4 x, Vector512x4 y, Vector512x4 addend) => new(
        Vector512.MultiplyAddEstimate(x._a, y._a, addend._a),
        Vector512.MultiplyAddEstimate(x._b, y._b, addend._b),
        Vector512.MultiplyAddEstimate(x._c, y._c, addend._c),
        Vector512.MultiplyAddEstimate(x._d, y._d, addend._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x4 Min(Vector512x4 x, Vector512x4 y) => new(
        Vector512.MinNative(x._a, y._a),
        Vector512.MinNative(x._b, y._b),
        Vector512.MinNative(x._c, y._c),
        Vector512.MinNative(x._d, y._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x4 Max(Vector512x4 x, Vector512x4 y) => new(
        Vector512.MaxNative(x._a, y._a),
        Vector512.MaxNative(x._b, y._b),
        Vector512.MaxNative(x._c, y._c),
        Vector512.MaxNative(x._d, y._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x4 Sqrt(Vector512x4 x) => new(Vector512.Sqrt(x._a), Vector512.Sqrt(x._b), Vector512.Sqrt(x._c), Vector512.Sqrt(x._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x4 Abs(Vector512x4 x) => new(Vector512.Abs(x._a), Vector512.Abs(x._b), Vector512.Abs(x._c), Vector512.Abs(x._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x4 CopySign(Vector512x4 magnitude, Vector512x4 sign) => new(
        Vector512.CopySign(magnitude._a, sign._a),
        Vector512.CopySign(magnitude._b, sign._b),
        Vector512.CopySign(magnitude._c, sign._c),
        Vector512.CopySign(magnitude._d, sign._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x4 SelectGreater(Vector512x4 x, Vector512x4 y, Vector512x4 greater, Vector512x4 otherwise) => new(
        Vector512.ConditionalSelect(Vector512.GreaterThan(x._a, y._a), greater._a, otherwise._a),
        Vector512.ConditionalSelect(Vector512.GreaterThan(x._b, y._b), greater._b, otherwise._b),
        Vector512.ConditionalSelect(Vector512.GreaterThan(x._c, y._c), greater._c, otherwise._c),
        Vector512.ConditionalSelect(Vector512.GreaterThan(x._d, y._d), greater._d, otherwise._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x4 ScaleByPowerOfTwo(Vector512x4 x, Vector512x4 n) => new(
        Avx512F.Scale(x._a, n._a),
        Avx512F.Scale(x._b, n._b),
        Avx512F.Scale(x._c, n._c),
        Avx512F.Scale(x._d, n._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x4 SplitPowerOfTwo(Vector512x4 x, out Vector512x4 n)
    {
        Vector512x4 m = new(
            Avx512F.GetMantissa(x._a, Vector512x1.FromThreeQuarters), Avx512F.GetMantissa(x._b, Vector512x1.FromThreeQuarters),
            Avx512F.GetMantissa(x._c, Vector512x1.FromThreeQuarters), Avx512F.GetMantissa(x._d, Vector512x1.FromThreeQuarters));
        n = new(
            Avx512F.GetExponent(x._a) - Avx512F.GetExponent(m._a),
            Avx512F.GetExponent(x._b) - Avx512F.GetExponent(m._b),
            Avx512F.GetExponent(x._c) - Avx512F.GetExponent(m._c),
            Avx512F.GetExponent(x._d) - Avx512F.GetExponent(m._d));
        return m;
    }
}
