using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>The rectifier whose slope below zero is learnt: <c>y = x &gt; 0 ? x : slope x</c>. Images are channels last: rows of <c>channels</c> floats, one a pixel.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ParametricReLU
{
    /// <summary><c>y = x &gt; 0 ? x : slope x</c>; y may be x.</summary>
    /// <param name="x"><c>[pixels, channels]</c>.</param>
    /// <param name="slope"><c>[channels]</c>, or <c>[1]</c> for all.</param>
    /// <param name="y">Like x.</param>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> slope, Span<float> y) => InputGradient(x, slope, x, y);

    /// <summary><c>dx = x &gt; 0 ? dy : slope dy</c>; dx may be dy or x.</summary>
    /// <param name="x"><c>[pixels, channels]</c>.</param>
    /// <param name="slope"><c>[channels]</c>, or <c>[1]</c> for all.</param>
    /// <param name="dy">Like x.</param>
    /// <param name="dx">Like x.</param>
    public static void InputGradient(ReadOnlySpan<float> x, ReadOnlySpan<float> slope, ReadOnlySpan<float> dy, Span<float> dx)
    {
        Debug.Assert(x.Length == dy.Length && dx.Length == dy.Length && x.Length % slope.Length == 0);
        int together = FewChannels.PixelsTogether(slope.Length, x.Length / slope.Length), wide = together * slope.Length, whole = x.Length / wide * wide;
        Span<float> free = stackalloc float[together == 1 ? 0 : FewChannels.MaxFloats];
        Simd.Run(new SelectKernel(x[..whole], FewChannels.Repeat(slope, together, ref free), dy[..whole], dx[..whole]));
        if (whole < x.Length) Simd.Run(new SelectKernel(x[whole..], slope, dy[whole..], dx[whole..]));
    }

    /// <summary>Of each sample and channel the sum of <c>x &gt; 0 ? 0 : x dy</c>: its share of the slope's gradient.</summary>
    /// <param name="x"><c>[samples, pixels, channels]</c>.</param>
    /// <param name="dy">Like x.</param>
    /// <param name="sums"><c>[samples, channels]</c>.</param>
    /// <param name="pixels">Pixels of a sample.</param>
    /// <param name="channels">Channels of a pixel.</param>
    public static void SlopeSums(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> sums, int pixels, int channels)
    {
        Debug.Assert(x.Length == dy.Length && sums.Length % channels == 0 && x.Length == sums.Length * pixels);
        Simd.Run(new SumsKernel(x, dy, sums, pixels, channels));
    }

    internal readonly ref struct SelectKernel(ReadOnlySpan<float> x, ReadOnlySpan<float> slope, ReadOnlySpan<float> dy, Span<float> dx) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly ReadOnlySpan<float> _slope = slope;
        private readonly ReadOnlySpan<float> _dy = dy;
        private readonly Span<float> _dx = dx;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int channels = _slope.Length;
            for (int row = 0; row < _x.Length; row += channels)
            {
                int c = 0;
                for (; c <= channels - 16; c += 16) Vector<V>(row, c, 16);
                if (c < channels) Vector<V>(row, c, channels - c);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Vector<V>(int row, int c, int lanes) where V : struct, IVector16<V>
        {
            V x = UpTo16.Load<V>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), row + c), lanes);
            V dy = UpTo16.Load<V>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_dy), row + c), lanes);
            V slope = UpTo16.Load<V>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_slope), c), lanes);
            UpTo16.Store(V.SelectGreater(x, V.Broadcast(0), dy, dy * slope), ref Unsafe.Add(ref MemoryMarshal.GetReference(_dx), row + c), lanes);
        }
    }

    internal readonly ref struct SumsKernel(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> sums, int pixels, int channels) : ISimdKernel
    {
        // Rows whose sum is added before those of others, so that rounding errors do not grow with the number of rows.
        private const int LargestBlock = 128;

        private readonly ReadOnlySpan<float> _x = x;
        private readonly ReadOnlySpan<float> _dy = dy;
        private readonly Span<float> _sums = sums;
        private readonly int _pixels = pixels;
        private readonly int _channels = channels;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int pixels = _pixels, channels = _channels, block = Math.Clamp(4096 / channels, 8, LargestBlock);
            _sums.Clear();
            for (int sample = 0; sample * channels < _sums.Length; sample++)
            {
                for (int first = 0; first < pixels; first += block)
                {
                    int rows = Math.Min(block, pixels - first), start = (sample * pixels + first) * channels, c = 0;
                    for (; c <= channels - 16; c += 16) Column<V>(start + c, rows, 16, sample * channels + c);
                    if (c < channels) Column<V>(start + c, rows, channels - c, sample * channels + c);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Column<V>(int start, int rows, int lanes, int place) where V : struct, IVector16<V>
        {
            ref float x = ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), start);
            ref float dy = ref Unsafe.Add(ref MemoryMarshal.GetReference(_dy), start);
            V zero = V.Broadcast(0), sum = zero;
            for (int row = 0; row < rows; row++)
            {
                V value = UpTo16.Load<V>(ref x, lanes);
                sum += V.SelectGreater(value, zero, zero, value * UpTo16.Load<V>(ref dy, lanes));
                x = ref Unsafe.Add(ref x, _channels);
                dy = ref Unsafe.Add(ref dy, _channels);
            }
            ref float total = ref Unsafe.Add(ref MemoryMarshal.GetReference(_sums), place);
            UpTo16.Store(UpTo16.Load<V>(ref total, lanes) + sum, ref total, lanes);
        }
    }
}
