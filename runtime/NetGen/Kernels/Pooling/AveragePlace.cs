using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>The mean of one window, for each channel: the sum divided by <c>divisor</c>, or by the number of its pixels where that is 0.</summary>
internal readonly unsafe struct AveragePlace(float* x, float* y, PoolingSize size, int divisor) : IPlaceOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V>(int image, int place, in PlaceTaps taps) where V : struct, IVector16<V>
    {
        int channels = size.Channels;
        float* from = x + (image * size.Input) + ((nint)taps.First * channels), to = y + (image * size.Output) + ((nint)place * channels);
        V count = V.Broadcast(divisor > 0 ? divisor : Math.Max(taps.Count, 1));
        for (int c = 0; c < channels; c += 16)
        {
            int lanes = Math.Min(16, channels - c);
            V sum = V.Broadcast(0);
            for (int i = 0; i < taps.Planes; i++)
            {
                for (int j = 0; j < taps.Rows; j++)
                {
                    float* pixel = from + (((nint)i * taps.PlaneStep + (nint)j * taps.RowStep) * channels) + c;
                    for (int k = 0; k < taps.Columns; k++, pixel += (nint)taps.ColumnStep * channels) sum += UpTo16.Load<V>(in *pixel, lanes);
                }
            }
            UpTo16.Store(sum / count, ref to[c], lanes);
        }
    }
}

/// <summary>The gradient of one window's means, added to those of its pixels.</summary>
internal readonly unsafe struct AverageGradientPlace(float* dy, float* dx, PoolingSize size, int divisor) : IPlaceOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V>(int image, int place, in PlaceTaps taps) where V : struct, IVector16<V>
    {
        int channels = size.Channels;
        float* from = dy + (image * size.Output) + ((nint)place * channels), to = dx + (image * size.Input) + ((nint)taps.First * channels);
        V count = V.Broadcast(divisor > 0 ? divisor : Math.Max(taps.Count, 1));
        for (int c = 0; c < channels; c += 16)
        {
            int lanes = Math.Min(16, channels - c);
            V part = UpTo16.Load<V>(in from[c], lanes) / count;
            for (int i = 0; i < taps.Planes; i++)
            {
                for (int j = 0; j < taps.Rows; j++)
                {
                    float* pixel = to + (((nint)i * taps.PlaneStep + (nint)j * taps.RowStep) * channels) + c;
                    for (int k = 0; k < taps.Columns; k++, pixel += (nint)taps.ColumnStep * channels)
                    {
                        UpTo16.Store(UpTo16.Load<V>(in *pixel, lanes) + part, ref *pixel, lanes);
                    }
                }
            }
        }
    }
}
