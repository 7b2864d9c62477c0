using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>Sixteen lanes in four 128-bit registers (SSE, NEON, WebAssembly).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct Vector128x4 : IVector16<Vector128x4>
{
    private Vector128<float> _a;
    private Vector128<float> _b;
    private Vector128<float> _c;
    private Vector128<float> _d;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128x4(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        _a = a;
        _b = b;
        _c = c;
        _d = d;
    }

    /// <inheritdoc/>
    public static int Count => 16;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128x4 Broadcast(float value)
    {
        Vector128<float> all = Vector128.Create(value);
        return new(all, all, all, all);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128x4 Load(ref readonly float source) => new(
        Vector128.LoadUnsafe(in source),
        Vector128.LoadUnsafe(in source, 4),
        Vector128.LoadUnsafe(in source, 8),
        Vector128.LoadUnsafe(in source, 12));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128x4 LoadPartial(ref readonly float source, int count) => new(
        LoadQuarter(in source, count, 0),
        LoadQuarter(in source, count, 4),
        LoadQuarter(in source, count, 8),
        LoadQuarter(in source, count, 12));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128x4 vector, ref float destination)
    {
        vector._a.StoreUnsafe(ref destination);
        vector._b.StoreUnsafe(ref destination, 4);
        vector._c.StoreUnsafe(ref destination, 8);
        vector._d.StoreUnsafe(ref destination, 12);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePartial(Vector128x4 vector, ref float destination, int count)
    {
        StoreQuarter(vector._a, ref destination, count, 0);
        StoreQuarter(vector._b, ref destination, count, 4);
        StoreQuarter(vector._c, ref destination, count, 8);
        StoreQuarter(vector._d, ref destination, count, 12);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFew(Vector128x4 vector, ref float destination, int count) => StoreFew(vector._a, ref destination, count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128x4 operator +(Vector128x4 x, Vector128x4 y) => new(x._a + y._a, x._b + y._b, x._c + y._c, x._d + y._d);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128x4 operator -(Vector128x4 x, Vector128x4 y) => new(x._a - y._a, x._b - y._b, x._c - y._c, x._d - y._d);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128x4 operator *(Vector128x4 x, Vector128x4 y) => new(x._a * y._a, x._b * y._b, x._c * y._c, x._d * y._d);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128x4 operator /(Vector128x4 x, Vector128x4 y) => new(x._a / y._a, x._b / y._b, x._c / y._c, x._d / y._d);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128x4 operator -(Vector128x4 x) => new(-x._a, -x._b, -x._c, -x._d);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128x4 MultiplyAdd(Vector128x4 x, Vector128x4 y, Vector128x4 addend) => new(
        Vector128.MultiplyAddEstimate(x._a, y._a, addend._a),
        Vector128.MultiplyAddEstimate(x._b, y._b, addend._b),
        Vector128.MultiplyAddEstimate(x._c, y._c, addend._c),
        Vector128.MultiplyAddEstimate(x._d, y._d, addend._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128x4 Min(Vector128x4 x, Vector128x4 y) => new(
        Vector128.MinNative(x._a, y._a), Vector128.MinNative(x._b, y._b), Vector128.MinNative(x._c, y._c), Vector128.MinNative(x._d, y._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128x4 Max(Vector128x4 x, Vector128x4 y) => new(
        Vector128.MaxNative(x._a, y._a), Vector128.MaxNative(x._b, y._b), Vector128.MaxNative(x._c, y._c), Vector128.MaxNative(x._d, y._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128x4 Sqrt(Vector128x4 x) => new(Vector128.Sqrt(x._a), Vector128.Sqrt(x._b), Vector128.Sqrt(x._c), Vector128.Sqrt(x._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128x4 Abs(Vector128x4 x) => new(Vector128.Abs(x._a), Vector128.Abs(x._b), Vector128.Abs(x._c), Vector128.Abs(x._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128x4 CopySign(Vector128x4 magnitude, Vector128x4 sign) => new(
        Vector128.CopySign(magnitude._a, sign._a),
        Vector128.CopySign(magnitude._b, sign._b),
        Vector128.CopySign(magnitude._c, sign._c),
        Vector128.CopySign(magnitude._d, sign._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128x4 SelectGreater(Vector128x4 x, Vector128x4 y, Vector128x4 greater, Vector128x4 otherwise) => new(
        Vector128.ConditionalSelect(Vector128.GreaterThan(x._a, y._a), greater._a, otherwise._a),
        Vector128.ConditionalSelect(Vector128.GreaterThan(x._b, y._b), greater._b, otherwise._b),
        Vector128.ConditionalSelect(Vector128.GreaterThan(x._c, y._c), greater._c, otherwise._c),
        Vector128.ConditionalSelect(Vector128.GreaterThan(x._d, y._d), greater._d, otherwise._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128x4 MultiplyAdd(Vector128x4 x, ref readonly float weights, int offset, Vector128x4 addend)
    {
        addend._a = Vector128.MultiplyAddEstimate(x._a, Vector128.LoadUnsafe(in weights, (nuint)offset), addend._a);
        addend._b = Vector128.MultiplyAddEstimate(x._b, Vector128.LoadUnsafe(in weights, (nuint)offset + 4), addend._b);
        addend._c = Vector128.MultiplyAddEstimate(x._c, Vector128.LoadUnsafe(in weights, (nuint)offset + 8), addend._c);
        addend._d = Vector128.MultiplyAddEstimate(x._d, Vector128.LoadUnsafe(in weights, (nuint)offset + 12), addend._d);
        return addend;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128x4 MultiplyAdd(float x, ref readonly float weights, int offset, Vector128x4 addend)
    {
        Vector128<float> all = Vector128.Create(x);
        addend._a = Vector128.MultiplyAddEstimate(all, Vector128.LoadUnsafe(in weights, (nuint)offset), addend._a);
        addend._b = Vector128.MultiplyAddEstimate(all, Vector128.LoadUnsafe(in weights, (nuint)offset + 4), addend._b);
        addend._c = Vector128.MultiplyAddEstimate(all, Vector128.LoadUnsafe(in weights, (nuint)offset + 8), addend._c);
        addend._d = Vector128.MultiplyAddEstimate(all, Vector128.LoadUnsafe(in weights, (nuint)offset + 12), addend._d);
        return addend;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128x4 BroadcastLane(Vector128x4 x, int lane)
    {
        Vector128<float> quarter = lane < 8 ? lane < 4 ? x._a : x._b : lane < 12 ? x._c : x._d;
        Vector128<float> all = Vector128.Shuffle(quarter, Vector128.Create(lane & 3));
        return new(all, all, all, all);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128x4 MultiplyAddLane(Vector128x4 x, int lane, ref readonly float weights, int offset, Vector128x4 addend)
    {
        Vector128<float> quarter = lane < 8 ? lane < 4 ? x._a : x._b : lane < 12 ? x._c : x._d;
        Vector128<float> all = Vector128.Shuffle(quarter, Vector128.Create(lane & 3));
        addend._a = Vector128.MultiplyAddEstimate(all, Vector128.LoadUnsafe(in weights, (nuint)offset), addend._a);
        addend._b = Vector128.MultiplyAddEstimate(all, Vector128.LoadUnsafe(in weights, (nuint)offset + 4), addend._b);
        addend._c = Vector128.MultiplyAddEstimate(all, Vector128.LoadUnsafe(in weights, (nuint)offset + 8), addend._c);
        addend._d = Vector128.MultiplyAddEstimate(all, Vector128.LoadUnsafe(in weights, (nuint)offset + 12), addend._d);
        return addend;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128x4 SelectFirst(int count, Vector128x4 vector, Vector128x4 rest) => new(
        Vector128.ConditionalSelect(First(count), vector._a, rest._a),
        Vector128.ConditionalSelect(First(count - 4), vector._b, rest._b),
        Vector128.ConditionalSelect(First(count - 8), vector._c, rest._c),
        Vector128.ConditionalSelect(First(count - 12), vector._d, rest._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128x4 ScaleByPowerOfTwo(Vector128x4 x, Vector128x4 n) =>
        new(Scale(x._a, n._a), Scale(x._b, n._b), Scale(x._c, n._c), Scale(x._d, n._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128x4 SplitPowerOfTwo(Vector128x4 x, out Vector128x4 n)
    {
        Vector128x4 mantissa = new(
            Split(x._a, out Vector128<float> a), Split(x._b, out Vector128<float> b), Split(x._c, out Vector128<float> c), Split(x._d, out Vector128<float> d));
        n = new(a, b, c, d);
        return mantissa;
    }

    // The maximum of x86 is its second operand when one of them is NaN; both orders together keep every NaN, and change nothing elsewhere.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128x4 MaxOrNaN(Vector128x4 x, Vector128x4 y) => new(
        Vector128.MaxNative(x._a, y._a) | Vector128.MaxNative(y._a, x._a),
        Vector128.MaxNative(x._b, y._b) | Vector128.MaxNative(y._b, x._b),
        Vector128.MaxNative(x._c, y._c) | Vector128.MaxNative(y._c, x._c),
        Vector128.MaxNative(x._d, y._d) | Vector128.MaxNative(y._d, x._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumLanes(Vector128x4 x)
    {
        Vector128<float> four = x._a + x._c + (x._b + x._d);
        Vector128<float> two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return two[0] + two[1];
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumLanesInDouble(Vector128x4 x)
    {
        Vector128<double> low = Vector128.WidenLower(x._a) + Vector128.WidenLower(x._c) + (Vector128.WidenLower(x._b) + Vector128.WidenLower(x._d));
        Vector128<double> high = Vector128.WidenUpper(x._a) + Vector128.WidenUpper(x._c) + (Vector128.WidenUpper(x._b) + Vector128.WidenUpper(x._d));
        Vector128<double> two = low + high;
        return two[0] + two[1];
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxLanes(Vector128x4 x)
    {
        Vector128<float> four = Vector128.MaxNative(Vector128.MaxNative(x._a, x._c), Vector128.MaxNative(x._b, x._d));
        Vector128<float> two = Vector128.MaxNative(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Vector128.MaxNative(two, Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    /// <summary>Writes the first <paramref name="count"/> lanes, a constant from 1 to 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void StoreFew(Vector128<float> vector, ref float destination, int count)
    {
        if (count == 4)
        {
            vector.StoreUnsafe(ref destination);
            return;
        }
        if (count >= 2) Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref destination), vector.AsDouble().ToScalar());
        if (count != 2) Unsafe.Add(ref destination, count - 1) = vector[count - 1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> First(int count) => Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle();

    // 128-bit hardware has no masked loads: whole quarters where they fit, single floats for the one that is cut.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LoadQuarter(ref readonly float source, int count, int start)
    {
        ref float first = ref Unsafe.Add(ref Unsafe.AsRef(in source), start);
        return (count - start) switch
        {
            >= 4 => Vector128.LoadUnsafe(ref first),
            3 => Vector128.Create(first, Unsafe.Add(ref first, 1), Unsafe.Add(ref first, 2), 0),
            2 => Vector128.Create(first, Unsafe.Add(ref first, 1), 0, 0),
            1 => Vector128.CreateScalar(first),
            _ => Vector128<float>.Zero,
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreQuarter(Vector128<float> quarter, ref float destination, int count, int start)
    {
        ref float first = ref Unsafe.Add(ref destination, start);
        if (count - start >= 4)
        {
            quarter.StoreUnsafe(ref first);
            return;
        }
        if (count - start >= 1) first = quarter[0];
        if (count - start >= 2) Unsafe.Add(ref first, 1) = quarter[1];
        if (count - start >= 3) Unsafe.Add(ref first, 2) = quarter[2];
    }

    // Two exact factors, because 2^n itself may be no float where the product is one; only the last multiplication rounds.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Scale(Vector128<float> x, Vector128<float> n)
    {
        Vector128<int> power = Vector128.ConvertToInt32Native(n);
        Vector128<int> half = power >> 1;
        return x * PowerOfTwo(half) * PowerOfTwo(power - half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> PowerOfTwo(Vector128<int> n) => ((n + Vector128.Create(127)) << 23).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Split(Vector128<float> x, out Vector128<float> n)
    {
        // Denormals have no exponent of their own: times 2^23 they are normal.
        Vector128<float> tiny = Vector128.LessThan(x, Vector128.Create(1.17549435e-38f));
        Vector128<int> bits = Vector128.ConditionalSelect(tiny, x * Vector128.Create(8388608f), x).AsInt32();
        Vector128<int> power = (bits - Vector128.Create(0.75f).AsInt32()) >> 23;
        n = Vector128.ConvertToSingle(power) - (tiny & Vector128.Create(23f));
        Vector128<float> zero = Vector128<float>.Zero, infinity = Vector128.Create(float.PositiveInfinity), mantissa = (bits - (power << 23)).AsSingle();
        n = Vector128.ConditionalSelect(Vector128.Equals(x, zero), -infinity, Vector128.ConditionalSelect(Vector128.Equals(x, infinity), infinity, n));
        mantissa = Vector128.ConditionalSelect(Vector128.LessThan(Vector128.Abs(n), infinity), mantissa, Vector128<float>.One);
        return Vector128.ConditionalSelect(Vector128.GreaterThanOrEqual(x, zero), mantissa, Vector128.Create(float.NaN));
    }
}
