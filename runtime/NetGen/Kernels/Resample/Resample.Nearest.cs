using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <content>Copies of pixels. Rows of all images follow one another, so that an image is only its rows.</content>
public static unsafe partial class Resample
{
    internal readonly struct NearestKernel(float* x, float* y, int rows, int width, int channels, int factorY, int factorX) : ISimdKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int length = width * channels * factorX;
            float* from = x, to = y;
            for (int row = 0; row < rows; row++)
            {
                float* first = to;
                for (int column = 0; column < width; column++, from += channels)
                {
                    for (int i = 0; i < factorX; i++, to += channels)
                    {
                        int c = 0;
                        for (; c <= channels - 16; c += 16) V.Store(V.Load(in from[c]), ref to[c]);
                        if (c < channels) V.StorePartial(V.LoadPartial(in from[c], channels - c), ref to[c], channels - c);
                    }
                }
                for (int i = 1; i < factorY; i++, to += length) new ReadOnlySpan<float>(first, length).CopyTo(new Span<float>(to, length));
            }
        }
    }

    internal readonly struct NearestGradientKernel(float* dy, float* dx, int rows, int width, int channels, int factorY, int factorX) : ISimdKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            nint rowStep = (nint)width * factorX * channels;
            float* to = dx;
            for (int row = 0; row < rows; row++)
            {
                float* from = dy + row * factorY * rowStep;
                for (int column = 0; column < width; column++, from += factorX * channels, to += channels)
                {
                    for (int c = 0; c < channels; c += 16)
                    {
                        int lanes = Math.Min(16, channels - c);
                        V sum = V.Broadcast(0);
                        for (int i = 0; i < factorY; i++)
                        {
                            float* copy = from + i * rowStep + c;
                            for (int j = 0; j < factorX; j++, copy += channels) sum += UpTo16.Load<V>(in *copy, lanes);
                        }
                        UpTo16.Store(sum, ref to[c], lanes);
                    }
                }
            }
        }
    }
}
