using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

public static unsafe partial class Pooling
{
    internal readonly ref struct MaxKernel(ReadOnlySpan<float> x, Span<float> y, int images, SlidingWindow window, int channels) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly Span<float> _y = y;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            fixed (float* x = _x, y = _y) Max<V>(x, y, images, window, channels);
        }
    }

    /// <summary><see cref="Max"/> of images somewhere in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Max<V>(float* x, float* y, int images, SlidingWindow window, int channels) where V : struct, IVector16<V>
    {
        if (QuarterPooling<QuarterMax>.Fits(window)) new QuarterPooling<QuarterMax>(images * window.Depth.Input, window.Height, window.Width, channels, new(x, y)).Run<V>();
        else new EachPlace<MaxPlace>(images, window, new(x, y, new(window, channels))).Run<V>();
    }

    internal readonly ref struct MaxGradientKernel<TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int images, SlidingWindow window, int channels, TActivation activation)
        : ISimdKernel where TActivation : struct, IActivation
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly ReadOnlySpan<float> _y = y;
        private readonly ReadOnlySpan<float> _dy = dy;
        private readonly Span<float> _dx = dx;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            fixed (float* x = _x, y = _y, dy = _dy, dx = _dx)
            {
                if (QuarterPooling<QuarterMaxGradient<TActivation>>.Fits(window))
                {
                    ClearRest(_dx, images, window, channels);
                    new QuarterPooling<QuarterMaxGradient<TActivation>>(images * window.Depth.Input, window.Height, window.Width, channels, new(x, y, dy, dx, activation)).Run<V>();
                    return;
                }
                _dx.Clear();
                new EachPlace<MaxGradientPlace<TActivation>>(images, window, new(x, y, dy, dx, new(window, channels), activation)).Run<V>();
            }
        }
    }
}
