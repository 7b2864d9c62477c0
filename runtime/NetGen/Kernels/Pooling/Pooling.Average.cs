using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

public static unsafe partial class Pooling
{
    internal readonly ref struct AverageKernel(ReadOnlySpan<float> x, Span<float> y, int images, SlidingWindow window, int channels, bool countPadding) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly Span<float> _y = y;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            fixed (float* x = _x, y = _y)
            {
                if (QuarterPooling<QuarterAverage>.Fits(window))
                {
                    new QuarterPooling<QuarterAverage>(images * window.Depth.Input, window.Height, window.Width, channels, new(x, y)).Run<V>();
                    return;
                }
                new EachPlace<AveragePlace>(images, window, new(x, y, new(window, channels), countPadding ? window.Taps : 0)).Run<V>();
            }
        }
    }

    internal readonly ref struct AverageGradientKernel(ReadOnlySpan<float> dy, Span<float> dx, int images, SlidingWindow window, int channels, bool countPadding) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _dy = dy;
        private readonly Span<float> _dx = dx;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            fixed (float* dy = _dy, dx = _dx)
            {
                if (QuarterPooling<QuarterAverageGradient>.Fits(window))
                {
                    ClearRest(_dx, images, window, channels);
                    new QuarterPooling<QuarterAverageGradient>(images * window.Depth.Input, window.Height, window.Width, channels, new(dy, dx)).Run<V>();
                    return;
                }
                _dx.Clear();
                new EachPlace<AverageGradientPlace>(images, window, new(dy, dx, new(window, channels), countPadding ? window.Taps : 0)).Run<V>();
            }
        }
    }
}
