using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary><c>y = max of the four</c>.</summary>
internal readonly unsafe struct QuarterMax(float* from, float* to) : IQuarterOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V, TEnd>(nint x, nint right, nint below, nint y, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd
    {
        float* a = from + x, b = a + below;
        V top = V.MaxOrNaN(TEnd.Load<V>(a, lanes), TEnd.Load<V>(a + right, lanes)), bottom = V.MaxOrNaN(TEnd.Load<V>(b, lanes), TEnd.Load<V>(b + right, lanes));
        TEnd.Store(V.MaxOrNaN(top, bottom), to + y, lanes);
    }
}

/// <summary>The gradient goes to the first of the four that is the largest, which is the last one if the others are not.</summary>
internal readonly unsafe struct QuarterMaxGradient<TActivation>(float* x, float* y, float* dy, float* dx, TActivation activation) : IQuarterOperation
    where TActivation : struct, IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V, TEnd>(nint first, nint right, nint below, nint place, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd
    {
        float* a = x + first, b = a + below, da = dx + first, db = da + below;
        V zero = V.Broadcast(0), max = TEnd.Load<V>(y + place, lanes);
        // The largest pixel is y, so f'(x) there is f'(y).
        V rest = activation.Gradient(max, TEnd.Load<V>(dy + place, lanes));
        max = MaxGradient.Reached(max);
        V pixel = TEnd.Load<V>(a, lanes);
        V part = V.SelectGreater(max, pixel, zero, rest);
        rest = V.SelectGreater(max, pixel, rest, zero);
        pixel = TEnd.Load<V>(a + right, lanes);
        V part2 = V.SelectGreater(max, pixel, zero, rest);
        rest = V.SelectGreater(max, pixel, rest, zero);
        pixel = TEnd.Load<V>(b, lanes);
        V part3 = V.SelectGreater(max, pixel, zero, rest);
        rest = V.SelectGreater(max, pixel, rest, zero);
        TEnd.Store(part, da, lanes);
        TEnd.Store(part2, da + right, lanes);
        TEnd.Store(part3, db, lanes);
        TEnd.Store(rest, db + right, lanes);
    }
}

/// <summary><c>y = mean of the four</c>.</summary>
internal readonly unsafe struct QuarterAverage(float* from, float* to) : IQuarterOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V, TEnd>(nint x, nint right, nint below, nint y, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd
    {
        float* a = from + x, b = a + below;
        V sum = TEnd.Load<V>(a, lanes) + TEnd.Load<V>(a + right, lanes) + TEnd.Load<V>(b, lanes) + TEnd.Load<V>(b + right, lanes);
        TEnd.Store(V.Broadcast(0.25f) * sum, to + y, lanes);
    }
}

/// <summary>A quarter of the gradient goes to each.</summary>
internal readonly unsafe struct QuarterAverageGradient(float* dy, float* dx) : IQuarterOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V, TEnd>(nint first, nint right, nint below, nint place, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd
    {
        float* a = dx + first, b = a + below;
        V part = V.Broadcast(0.25f) * TEnd.Load<V>(dy + place, lanes);
        TEnd.Store(part, a, lanes);
        TEnd.Store(part, a + right, lanes);
        TEnd.Store(part, b, lanes);
        TEnd.Store(part, b + right, lanes);
    }
}
