using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>Sixteen lanes in one 512-bit register (AVX-512).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Vector512x1 : IVector16<Vector512x1>
{
    /// <summary>Mantissas from 0.75 to 1.5, that of -0 is 1, and those of other negative numbers are NaN.</summary>
    internal const byte FromThreeQuarters = 0b_11_11;

    private readonly Vector512<float> _v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512x1(Vector512<float> v) => _v = v;

    /// <inheritdoc/>
    public static int Count => 16;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x1 Broadcast(float value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x1 Load(ref readonly float source) => new(Vector512.LoadUnsafe(in source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector512x1 LoadPartial(ref readonly float source, int count)
    {
        fixed (float* address = &source) return new(Avx512F.MaskLoad(address, First(count), Vector512<float>.Zero));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512x1 vector, ref float destination) => vector._v.StoreUnsafe(ref destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StorePartial(Vector512x1 vector, ref float destination, int count)
    {
        fixed (float* address = &destination) Avx512F.MaskStore(address, First(count), vector._v);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFew(Vector512x1 vector, ref float destination, int count) => Vector128x4.StoreFew(vector._v.GetLower().GetLower(), ref destination, count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x1 operator +(Vector512x1 x, Vector512x1 y) => new(x._v + y._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x1 operator -(Vector512x1 x, Vector512x1 y) => new(x._v - y._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x1 operator *(Vector512x1 x, Vector512x1 y) => new(x._v * y._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x1 operator /(Vector512x1 x, Vector512x1 y) => new(x._v / y._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x1 operator -(Vector512x1 x) => new(-x._v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x1 MultiplyAdd(Vector512x1 x, Vector512x1 y, Vector512x1 addend) =>
        new(Vector512.MultiplyAddEstimate(x._v, y._v, addend._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x1 Min(Vector512x1 x, Vector512x1 y) => new(Vector512.MinNative(x._v, y._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x1 Max(Vector512x1 x, Vector512x1 y) => new(Vector512.MaxNative(x._v, y._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x1 Sqrt(Vector512x1 x) => new(Vector512.Sqrt(x._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x1 Abs(Vector512x1 x) => new(Vector512.Abs(x._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x1 CopySign(Vector512x1 magnitude, Vector512x1 sign) => new(Vector512.CopySign(magnitude._v, sign._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x1 SelectGreater(Vector512x1 x, Vector512x1 y, Vector512x1 greater, Vector512x1 otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(x._v, y._v), greater._v, otherwise._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x1 MultiplyAdd(Vector512x1 x, ref readonly float weights, int offset, Vector512x1 addend) =>
        Unsafe.BitCast<Vector512<float>, Vector512x1>(Vector512.MultiplyAddEstimate(x._v, Vector512.LoadUnsafe(in weights, (nuint)offset), addend._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x1 MultiplyAdd(float x, ref readonly float weights, int offset, Vector512x1 addend) =>
        Unsafe.BitCast<Vector512<float>, Vector512x1>(Vector512.MultiplyAddEstimate(Vector512.Create(x), Vector512.LoadUnsafe(in weights, (nuint)offset), addend._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x1 MultiplyAdd(ref readonly float x, Vector512x1 y, Vector512x1 addend) => new(Vector512.MultiplyAddEstimate(y._v, Vector512.Create(x), addend._v));

    // One permute would need its indices from memory. Of these two shuffles, four lanes share the first.
#pragma warning disable CA1857 // They are constants where the lane is one.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x1 BroadcastLane(Vector512x1 x, int lane) =>
        new(Avx512F.Permute4x32(Avx512F.Shuffle4x128(x._v, x._v, (byte)((lane >> 2) * 0b_01_01_01_01)), (byte)((lane & 3) * 0b_01_01_01_01)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x1 MultiplyAddLane(Vector512x1 x, int lane, ref readonly float weights, int offset, Vector512x1 addend) =>
        Unsafe.BitCast<Vector512<float>, Vector512x1>(Vector512.MultiplyAddEstimate(
            Avx512F.Permute4x32(Avx512F.Shuffle4x128(x._v, x._v, (byte)((lane >> 2) * 0b_01_01_01_01)), (byte)((lane & 3) * 0b_01_01_01_01)),
            Vector512.LoadUnsafe(in weights, (nuint)offset),
            addend._v));
#pragma warning restore CA1857

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x1 SelectFirst(int count, Vector512x1 vector, Vector512x1 rest) =>
        new(Vector512.ConditionalSelect(First(count), vector._v, rest._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x1 ScaleByPowerOfTwo(Vector512x1 x, Vector512x1 n) => new(Avx512F.Scale(x._v, n._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x1 SplitPowerOfTwo(Vector512x1 x, out Vector512x1 n)
    {
        // From 0.75 to 1.5: below 1 where n is one more than the exponent.
        Vector512<float> mantissa = Avx512F.GetMantissa(x._v, FromThreeQuarters);
        n = new(Avx512F.GetExponent(x._v) - Avx512F.GetExponent(mantissa));
        return new(mantissa);
    }

    // The maximum of x86 is its second operand when one of them is NaN; both orders together keep every NaN.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512x1 MaxOrNaN(Vector512x1 x, Vector512x1 y) => new(Vector512.MaxNative(x._v, y._v) | Vector512.MaxNative(y._v, x._v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumLanes(Vector512x1 x)
    {
        Vector256<float> eight = x._v.GetLower() + x._v.GetUpper();
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        Vector128<float> two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return two[0] + two[1];
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumLanesInDouble(Vector512x1 x)
    {
        Vector512<double> eight = Vector512.WidenLower(x._v) + Vector512.WidenUpper(x._v);
        Vector256<double> four = eight.GetLower() + eight.GetUpper();
        Vector128<double> two = four.GetLower() + four.GetUpper();
        return two[0] + two[1];
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxLanes(Vector512x1 x)
    {
        Vector256<float> eight = Vector256.MaxNative(x._v.GetLower(), x._v.GetUpper());
        Vector128<float> four = Vector128.MaxNative(eight.GetLower(), eight.GetUpper());
        Vector128<float> two = Vector128.MaxNative(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Vector128.MaxNative(two, Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> First(int count) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();
}
