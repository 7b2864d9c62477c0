using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>Thirty-two lanes in two 512-bit registers, for what is too short for <see cref="Vector512x4"/>.</summary>
internal readonly struct Vector512x2 : ILanes<Vector512x2>
{
    private readonly Vector512<float> _a;
    private readonly Vector512<float> _b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512x2(Vector512<float> a, Vector512<float> b)
    {
        _a = a;
        _b = b;
    }

    /// <inheritdoc/>
    public static int Count => 32;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x2 Load(ref readonly float source) => new(Vector512.LoadUnsafe(in source), Vector512.LoadUnsafe(in source, 16));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512x2 vector, ref float destination)
    {
        vector._a.StoreUnsafe(ref destination);
        vector._b.StoreUnsafe(ref destination, 16);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x2 Broadcast(float value)
    {
        Vector512<float> all = Vector512.Create(value);
        return new(all, all);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x2 operator +(Vector512x2 x, Vector512x2 y) => new(x._a + y._a, x._b + y._b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x2 operator -(Vector512x2 x, Vector512x2 y) => new(x._a - y._a, x._b - y._b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x2 operator *(Vector512x2 x, Vector512x2 y) => new(x._a * y._a, x._b * y._b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x2 operator /(Vector512x2 x, Vector512x2 y) => new(x._a / y._a, x._b / y._b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x2 operator -(Vector512x2 x) => new(-x._a, -x._b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x2 MultiplyAdd(Vector512x2 x, Vector512x2 y, Vector512x2 addend) =>
        new(Vector512.MultiplyAddEstimate(x._a, y._a, addend._a), Vector512.MultiplyAddEstimate(x._b, y._b, addend._b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x2 Min(Vector512x2 x, Vector512x2 y) => new(Vector512.MinNative(x._a, y._a), Vector512.MinNative(x._b, y._b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x2 Max(Vector512x2 x, Vector512x2 y) => new(Vector512.MaxNative(x._a, y._a), Vector512.MaxNative(x._b, y._b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x2 Sqrt(Vector512x2 x) => new(Vector512.Sqrt(x._a), Vector512.Sqrt(x._b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x2 Abs(Vector512x2 x) => new(Vector512.Abs(x._a), Vector512.Abs(x._b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x2 CopySign(Vector512x2 magnitude, Vector512x2 sign) =>
        new(Vector512.CopySign(magnitude._a, sign._a), Vector512.CopySign(magnitude._b, sign._b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x2 SelectGreater(Vector512x2 x, Vector512x2 y, Vector512x2 greater, Vector512x2 otherwise) => new(
        Vector512.ConditionalSelect(Vector512.GreaterThan(x._a, y._a), greater._a, otherwise._a),
        Vector512.ConditionalSelect(Vector512.GreaterThan(x._b, y._b), greater._b, otherwise._b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x2 ScaleByPowerOfTwo(Vector512x2 x, Vector512x2 n) => new(Avx512F.Scale(x._a, n._a), Avx512F.Scale(x._b, n._b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x2 SplitPowerOfTwo(Vector512x2 x, out Vector512x2 n)
    {
        Vector512<float> a = Avx512F.GetMantissa(x._a, Vector512x1.FromThreeQuarters), b = Avx512F.GetMantissa(x._b, Vector512x1.FromThreeQuarters);
        n = new(Avx512F.GetExponent(x._a) - Avx512F.GetExponent(a), Avx512F.GetExponent(x._b) - Avx512F.GetExponent(b));
        return new(a, b);
    }
}
