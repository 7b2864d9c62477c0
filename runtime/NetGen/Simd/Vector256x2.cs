using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>Sixteen lanes in two 256-bit registers (AVX2, with FMA where there is one).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct Vector256x2 : IVector16<Vector256x2>
{
    private Vector256<float> _a;
    private Vector256<float> _b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256x2(Vector256<float> a, Vector256<float> b)
    {
        _a = a;
        _b = b;
    }

    /// <inheritdoc/>
    public static int Count => 16;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256x2 Broadcast(float value)
    {
        Vector256<float> all = Vector256.Create(value);
        return new(all, all);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256x2 Load(ref readonly float source) => new(Vector256.LoadUnsafe(in source), Vector256.LoadUnsafe(in source, 8));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector256x2 LoadPartial(ref readonly float source, int count)
    {
        fixed (float* address = &source) return new(Avx.MaskLoad(address, First(count)), Avx.MaskLoad(address + 8, First(count - 8)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256x2 vector, ref float destination)
    {
        vector._a.StoreUnsafe(ref destination);
        vector._b.StoreUnsafe(ref destination, 8);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StorePartial(Vector256x2 vector, ref float destination, int count)
    {
        fixed (float* address = &destination)
        {
            Avx.MaskStore(address, First(count), vector._a);
            Avx.MaskStore(address + 8, First(count - 8), vector._b);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFew(Vector256x2 vector, ref float destination, int count) => Vector128x4.StoreFew(vector._a.GetLower(), ref destination, count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256x2 operator +(Vector256x2 x, Vector256x2 y) => new(x._a + y._a, x._b + y._b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256x2 operator -(Vector256x2 x, Vector256x2 y) => new(x._a - y._a, x._b - y._b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256x2 operator *(Vector256x2 x, Vector256x2 y) => new(x._a * y._a, x._b * y._b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256x2 operator /(Vector256x2 x, Vector256x2 y) => new(x._a / y._a, x._b / y._b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256x2 operator -(Vector256x2 x) => new(-x._a, -x._b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256x2 MultiplyAdd(Vector256x2 x, Vector256x2 y, Vector256x2 addend) =>
        new(Vector256.MultiplyAddEstimate(x._a, y._a, addend._a), Vector256.MultiplyAddEstimate(x._b, y._b, addend._b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256x2 Min(Vector256x2 x, Vector256x2 y) => new(Vector256.MinNative(x._a, y._a), Vector256.MinNative(x._b, y._b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256x2 Max(Vector256x2 x, Vector256x2 y) => new(Vector256.MaxNative(x._a, y._a), Vector256.MaxNative(x._b, y._b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256x2 Sqrt(Vector256x2 x) => new(Vector256.Sqrt(x._a), Vector256.Sqrt(x._b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256x2 Abs(Vector256x2 x) => new(Vector256.Abs(x._a), Vector256.Abs(x._b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256x2 CopySign(Vector256x2 magnitude, Vector256x2 sign) =>
        new(Vector256.CopySign(magnitude._a, sign._a), Vector256.CopySign(magnitude._b, sign._b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256x2 SelectGreater(Vector256x2 x, Vector256x2 y, Vector256x2 greater, Vector256x2 otherwise) => new(
        Vector256.ConditionalSelect(Vector256.GreaterThan(x._a, y._a), greater._a, otherwise._a),
        Vector256.ConditionalSelect(Vector256.GreaterThan(x._b, y._b), greater._b, otherwise._b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256x2 MultiplyAdd(Vector256x2 x, ref readonly float weights, int offset, Vector256x2 addend)
    {
        addend._a = Vector256.MultiplyAddEstimate(x._a, Vector256.LoadUnsafe(in weights, (nuint)offset), addend._a);
        addend._b = Vector256.MultiplyAddEstimate(x._b, Vector256.LoadUnsafe(in weights, (nuint)offset + 8), addend._b);
        return addend;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256x2 MultiplyAdd(float x, ref readonly float weights, int offset, Vector256x2 addend)
    {
        Vector256<float> all = Vector256.Create(x);
        addend._a = Vector256.MultiplyAddEstimate(all, Vector256.LoadUnsafe(in weights, (nuint)offset), addend._a);
        addend._b = Vector256.MultiplyAddEstimate(all, Vector256.LoadUnsafe(in weights, (nuint)offset + 8), addend._b);
        return addend;
    }

    // One permute would need its indices from memory. Of these two shuffles, four lanes share the first.
#pragma warning disable CA1857 // They are constants where the lane is one.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256x2 BroadcastLane(Vector256x2 x, int lane)
    {
        Vector256<float> all = Avx.Permute(Avx.Permute2x128(x._a, x._b, (byte)((lane >> 2) * 0x11)), (byte)((lane & 3) * 0b_01_01_01_01));
        return new(all, all);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256x2 MultiplyAddLane(Vector256x2 x, int lane, ref readonly float weights, int offset, Vector256x2 addend)
    {
        Vector256<float> all = Avx.Permute(Avx.Permute2x128(x._a, x._b, (byte)((lane >> 2) * 0x11)), (byte)((lane & 3) * 0b_01_01_01_01));
        addend._a = Vector256.MultiplyAddEstimate(all, Vector256.LoadUnsafe(in weights, (nuint)offset), addend._a);
        addend._b = Vector256.MultiplyAddEstimate(all, Vector256.LoadUnsafe(in weights, (nuint)offset + 8), addend._b);
        return addend;
    }
#pragma warning restore CA1857

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256x2 SelectFirst(int count, Vector256x2 vector, Vector256x2 rest) => new(
        Vector256.ConditionalSelect(First(count), vector._a, rest._a),
        Vector256.ConditionalSelect(First(count - 8), vector._b, rest._b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256x2 ScaleByPowerOfTwo(Vector256x2 x, Vector256x2 n) => new(Scale(x._a, n._a), Scale(x._b, n._b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256x2 SplitPowerOfTwo(Vector256x2 x, out Vector256x2 n)
    {
        Vector256x2 mantissa = new(Split(x._a, out Vector256<float> a), Split(x._b, out Vector256<float> b));
        n = new(a, b);
        return mantissa;
    }

    // The maximum of x86 is its second operand when one of them is NaN; both orders together keep every NaN.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256x2 MaxOrNaN(Vector256x2 x, Vector256x2 y) => new(
        Vector256.MaxNative(x._a, y._a) | Vector256.MaxNative(y._a, x._a), Vector256.MaxNative(x._b, y._b) | Vector256.MaxNative(y._b, x._b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumLanes(Vector256x2 x)
    {
        Vector256<float> eight = x._a + x._b;
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        Vector128<float> two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return two[0] + two[1];
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumLanesInDouble(Vector256x2 x)
    {
        Vector256<double> four = Vector256.WidenLower(x._a) + Vector256.WidenLower(x._b) + (Vector256.WidenUpper(x._a) + Vector256.WidenUpper(x._b));
        Vector128<double> two = four.GetLower() + four.GetUpper();
        return two[0] + two[1];
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxLanes(Vector256x2 x)
    {
        Vector256<float> eight = Vector256.MaxNative(x._a, x._b);
        Vector128<float> four = Vector128.MaxNative(eight.GetLower(), eight.GetUpper());
        Vector128<float> two = Vector128.MaxNative(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Vector128.MaxNative(two, Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> First(int count) => Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle();

    // Two exact factors, because 2^n itself may be no float where the product is one; only the last multiplication rounds.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Scale(Vector256<float> x, Vector256<float> n)
    {
        Vector256<int> power = Vector256.ConvertToInt32Native(n);
        Vector256<int> half = power >> 1;
        return x * PowerOfTwo(half) * PowerOfTwo(power - half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> PowerOfTwo(Vector256<int> n) => ((n + Vector256.Create(127)) << 23).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Split(Vector256<float> x, out Vector256<float> n)
    {
        // Denormals have no exponent of their own: times 2^23 they are normal.
        Vector256<float> tiny = Vector256.LessThan(x, Vector256.Create(1.17549435e-38f));
        Vector256<int> bits = Vector256.ConditionalSelect(tiny, x * Vector256.Create(8388608f), x).AsInt32();
        Vector256<int> power = (bits - Vector256.Create(0.75f).AsInt32()) >> 23;
        n = Vector256.ConvertToSingle(power) - (tiny & Vector256.Create(23f));
        Vector256<float> zero = Vector256<float>.Zero, infinity = Vector256.Create(float.PositiveInfinity), mantissa = (bits - (power << 23)).AsSingle();
        n = Vector256.ConditionalSelect(Vector256.Equals(x, zero), -infinity, Vector256.ConditionalSelect(Vector256.Equals(x, infinity), infinity, n));
        mantissa = Vector256.ConditionalSelect(Vector256.LessThan(Vector256.Abs(n), infinity), mantissa, Vector256<float>.One);
        return Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(x, zero), mantissa, Vector256.Create(float.NaN));
    }
}
