using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>Sixteen lanes in memory, for hardware without vectors: right everywhere, fast nowhere.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[InlineArray(Lanes)]
public struct Scalar16 : IVector16<Scalar16>
{
    private const int Lanes = 16;

    private float _lane;

    /// <inheritdoc/>
    public static int Count => Lanes;

    /// <inheritdoc/>
    public static Scalar16 Broadcast(float value)
    {
        Unsafe.SkipInit(out Scalar16 result);
        for (int i = 0; i < Lanes; i++) result[i] = value;
        return result;
    }

    /// <inheritdoc/>
    public static Scalar16 Load(ref readonly float source)
    {
        Unsafe.SkipInit(out Scalar16 result);
        for (int i = 0; i < Lanes; i++) result[i] = Unsafe.Add(ref Unsafe.AsRef(in source), i);
        return result;
    }

    /// <inheritdoc/>
    public static Scalar16 LoadPartial(ref readonly float source, int count)
    {
        Scalar16 result = default;
        for (int i = 0; i < count; i++) result[i] = Unsafe.Add(ref Unsafe.AsRef(in source), i);
        return result;
    }

    /// <inheritdoc/>
    public static void Store(Scalar16 vector, ref float destination)
    {
        for (int i = 0; i < Lanes; i++) Unsafe.Add(ref destination, i) = vector[i];
    }

    /// <inheritdoc/>
    public static void StorePartial(Scalar16 vector, ref float destination, int count)
    {
        for (int i = 0; i < count; i++) Unsafe.Add(ref destination, i) = vector[i];
    }

    /// <inheritdoc/>
    public static void StoreFew(Scalar16 vector, ref float destination, int count) => StorePartial(vector, ref destination, count);

    /// <inheritdoc/>
    public static Scalar16 operator +(Scalar16 x, Scalar16 y)
    {
        for (int i = 0; i < Lanes; i++) x[i] += y[i];
        return x;
    }

    /// <inheritdoc/>
    public static Scalar16 operator -(Scalar16 x, Scalar16 y)
    {
        for (int i = 0; i < Lanes; i++) x[i] -= y[i];
        return x;
    }

    /// <inheritdoc/>
    public static Scalar16 operator *(Scalar16 x, Scalar16 y)
    {
        for (int i = 0; i < Lanes; i++) x[i] *= y[i];
        return x;
    }

    /// <inheritdoc/>
    public static Scalar16 operator /(Scalar16 x, Scalar16 y)
    {
        for (int i = 0; i < Lanes; i++) x[i] /= y[i];
        return x;
    }

    /// <inheritdoc/>
    public static Scalar16 operator -(Scalar16 x)
    {
        for (int i = 0; i < Lanes; i++) x[i] = -x[i];
        return x;
    }

    /// <inheritdoc/>
    public static Scalar16 MultiplyAdd(Scalar16 x, Scalar16 y, Scalar16 addend)
    {
        for (int i = 0; i < Lanes; i++) addend[i] += x[i] * y[i];
        return addend;
    }

    /// <inheritdoc/>
    public static Scalar16 Min(Scalar16 x, Scalar16 y)
    {
        for (int i = 0; i < Lanes; i++) y[i] = x[i] < y[i] ? x[i] : y[i];
        return y;
    }

    /// <inheritdoc/>
    public static Scalar16 Max(Scalar16 x, Scalar16 y)
    {
        for (int i = 0; i < Lanes; i++) y[i] = x[i] > y[i] ? x[i] : y[i];
        return y;
    }

    /// <inheritdoc/>
    public static Scalar16 Sqrt(Scalar16 x)
    {
        for (int i = 0; i < Lanes; i++) x[i] = MathF.Sqrt(x[i]);
        return x;
    }

    /// <inheritdoc/>
    public static Scalar16 Abs(Scalar16 x)
    {
        for (int i = 0; i < Lanes; i++) x[i] = MathF.Abs(x[i]);
        return x;
    }

    /// <inheritdoc/>
    public static Scalar16 CopySign(Scalar16 magnitude, Scalar16 sign)
    {
        for (int i = 0; i < Lanes; i++) magnitude[i] = MathF.CopySign(magnitude[i], sign[i]);
        return magnitude;
    }

    /// <inheritdoc/>
    public static Scalar16 SelectGreater(Scalar16 x, Scalar16 y, Scalar16 greater, Scalar16 otherwise)
    {
        for (int i = 0; i < Lanes; i++) otherwise[i] = x[i] > y[i] ? greater[i] : otherwise[i];
        return otherwise;
    }

    /// <inheritdoc/>
    public static Scalar16 MultiplyAdd(Scalar16 x, ref readonly float weights, int offset, Scalar16 addend) =>
        MultiplyAdd(x, Load(in Unsafe.Add(ref Unsafe.AsRef(in weights), offset)), addend);

    /// <inheritdoc/>
    public static Scalar16 MultiplyAdd(float x, ref readonly float weights, int offset, Scalar16 addend)
    {
        ref float first = ref Unsafe.Add(ref Unsafe.AsRef(in weights), offset);
        for (int i = 0; i < Lanes; i++) addend[i] += x * Unsafe.Add(ref first, i);
        return addend;
    }

    /// <inheritdoc/>
    public static Scalar16 BroadcastLane(Scalar16 x, int lane) => Broadcast(x[lane]);

    /// <inheritdoc/>
    public static Scalar16 MultiplyAddLane(Scalar16 x, int lane, ref readonly float weights, int offset, Scalar16 addend) =>
        MultiplyAdd(x[lane], in weights, offset, addend);

    /// <inheritdoc/>
    public static Scalar16 SelectFirst(int count, Scalar16 vector, Scalar16 rest)
    {
        for (int i = 0; i < count; i++) rest[i] = vector[i];
        return rest;
    }

    /// <inheritdoc/>
    public static Scalar16 ScaleByPowerOfTwo(Scalar16 x, Scalar16 n)
    {
        for (int i = 0; i < Lanes; i++) x[i] = MathF.ScaleB(x[i], (int)n[i]);
        return x;
    }

    /// <inheritdoc/>
    public static Scalar16 SplitPowerOfTwo(Scalar16 x, out Scalar16 n)
    {
        Unsafe.SkipInit(out n);
        for (int i = 0; i < Lanes; i++)
        {
            if (!(x[i] > 0 && x[i] < float.PositiveInfinity))
            {
                n[i] = x[i] > 0 ? x[i] : float.NegativeInfinity;
                x[i] = x[i] >= 0 ? 1 : float.NaN;
                continue;
            }
            // Denormals have no exponent of their own: times 2^23 they are normal.
            bool tiny = x[i] < 1.17549435e-38f;
            int bits = BitConverter.SingleToInt32Bits(tiny ? x[i] * 8388608f : x[i]);
            int power = (bits - BitConverter.SingleToInt32Bits(0.75f)) >> 23;
            n[i] = tiny ? power - 23 : power;
            x[i] = BitConverter.Int32BitsToSingle(bits - (power << 23));
        }
        return x;
    }

    /// <inheritdoc/>
    public static Scalar16 MaxOrNaN(Scalar16 x, Scalar16 y)
    {
        for (int i = 0; i < Lanes; i++) y[i] = MathF.Max(x[i], y[i]);
        return y;
    }

    /// <inheritdoc/>
    public static float SumLanes(Scalar16 x)
    {
        for (int half = Lanes / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++) x[i] += x[i + half];
        }
        return x[0];
    }

    /// <inheritdoc/>
    public static double SumLanesInDouble(Scalar16 x)
    {
        Span<double> sums = stackalloc double[Lanes];
        for (int i = 0; i < Lanes; i++) sums[i] = x[i];
        for (int half = Lanes / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++) sums[i] += sums[i + half];
        }
        return sums[0];
    }

    /// <inheritdoc/>
    public static float MaxLanes(Scalar16 x)
    {
        float max = x[0];
        for (int i = 1; i < Lanes; i++) max = x[i] > max ? x[i] : max;
        return max;
    }
}
