using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>The maximum of one window, for each channel.</summary>
internal readonly unsafe struct MaxPlace(float* x, float* y, PoolingSize size) : IPlaceOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V>(int image, int place, in PlaceTaps taps) where V : struct, IVector16<V>
    {
        int channels = size.Channels;
        float* from = x + (image * size.Input) + ((nint)taps.First * channels), to = y + (image * size.Output) + ((nint)place * channels);
        for (int c = 0; c < channels; c += 16)
        {
            int lanes = Math.Min(16, channels - c);
            V max = V.Broadcast(float.NegativeInfinity);
            for (int i = 0; i < taps.Planes; i++)
            {
                for (int j = 0; j < taps.Rows; j++)
                {
                    float* pixel = from + (((nint)i * taps.PlaneStep + (nint)j * taps.RowStep) * channels) + c;
                    for (int k = 0; k < taps.Columns; k++, pixel += (nint)taps.ColumnStep * channels) max = V.MaxOrNaN(max, UpTo16.Load<V>(in *pixel, lanes));
                }
            }
            UpTo16.Store(max, ref to[c], lanes);
        }
    }
}

/// <summary>The gradient of one window's maxima, added to that of the first pixel that is the largest.</summary>
internal readonly unsafe struct MaxGradientPlace<TActivation>(float* x, float* y, float* dy, float* dx, PoolingSize size, TActivation activation)
    : IPlaceOperation where TActivation : struct, IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V>(int image, int place, in PlaceTaps taps) where V : struct, IVector16<V>
    {
        int channels = size.Channels;
        nint from = (image * size.Input) + ((nint)taps.First * channels), to = (image * size.Output) + ((nint)place * channels);
        V zero = V.Broadcast(0);
        for (int c = 0; c < channels; c += 16, from += 16, to += 16)
        {
            int lanes = Math.Min(16, channels - c);
            V max = UpTo16.Load<V>(in y[to], lanes);
            // The largest pixel is y, so f'(x) there is f'(y).
            V rest = activation.Gradient(max, UpTo16.Load<V>(in dy[to], lanes));
            max = MaxGradient.Reached(max);
            for (int i = 0; i < taps.Planes; i++)
            {
                for (int j = 0; j < taps.Rows; j++)
                {
                    nint pixel = from + (((nint)i * taps.PlaneStep + (nint)j * taps.RowStep) * channels);
                    for (int k = 0; k < taps.Columns; k++, pixel += (nint)taps.ColumnStep * channels)
                    {
                        V value = UpTo16.Load<V>(in x[pixel], lanes);
                        UpTo16.Store(UpTo16.Load<V>(in dx[pixel], lanes) + V.SelectGreater(max, value, zero, rest), ref dx[pixel], lanes);
                        rest = V.SelectGreater(max, value, rest, zero);
                    }
                }
            }
        }
    }
}
