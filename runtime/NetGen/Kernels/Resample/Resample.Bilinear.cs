using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <content>One direction after the other: a row of the result mixes two rows of the image, and its pixels are mixed from two neighbours of that.</content>
public static unsafe partial class Resample
{
    /// <summary>Between which pixels a place of the result lies, and how near to the second.</summary>
    private readonly struct Mix
    {
        public Mix(int place, int factor, int extent)
        {
            float position = Math.Max((place + 0.5f) / factor - 0.5f, 0);
            First = Math.Min((int)position, extent - 1);
            Second = Math.Min(First + 1, extent - 1);
            Part = position - First;
        }

        public int First { get; }

        public int Second { get; }

        /// <summary>The second pixel's part, from 0 to 1.</summary>
        public float Part { get; }
    }

    internal readonly struct BilinearKernel(float* x, float* y, int images, int height, int width, int channels, int factorY, int factorX) : ISimdKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int length = width * channels;
            float* to = y;
            fixed (float* mixed = Scratch.OfThread(length))
            {
                for (int image = 0; image < images; image++)
                {
                    float* from = x + (nint)image * height * length;
                    for (int i = 0; i < height * factorY; i++)
                    {
                        var row = new Mix(i, factorY, height);
                        Interpolate<V>(from + (nint)row.First * length, from + (nint)row.Second * length, row.Part, mixed, length);
                        for (int j = 0; j < width * factorX; j++, to += channels)
                        {
                            var column = new Mix(j, factorX, width);
                            Interpolate<V>(mixed + column.First * channels, mixed + column.Second * channels, column.Part, to, channels);
                        }
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Interpolate<V>(float* a, float* b, float part, float* to, int length) where V : struct, IVector16<V>
        {
            V first = V.Broadcast(1 - part), second = V.Broadcast(part);
            for (int c = 0; c < length; c += 16)
            {
                int lanes = Math.Min(16, length - c);
                UpTo16.Store(V.MultiplyAdd(second, UpTo16.Load<V>(in b[c], lanes), first * UpTo16.Load<V>(in a[c], lanes)), ref to[c], lanes);
            }
        }
    }

    internal readonly struct BilinearGradientKernel(float* dy, float* dx, int images, int height, int width, int channels, int factorY, int factorX) : ISimdKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int length = width * channels;
            float* from = dy;
            Span<float> sums = Scratch.OfThread(length);
            fixed (float* row = sums)
            {
                for (int image = 0; image < images; image++)
                {
                    float* to = dx + (nint)image * height * length;
                    for (int i = 0; i < height * factorY; i++)
                    {
                        sums.Clear();
                        for (int j = 0; j < width * factorX; j++, from += channels)
                        {
                            var column = new Mix(j, factorX, width);
                            AddPart<V>(from, 1 - column.Part, row + column.First * channels, channels);
                            AddPart<V>(from, column.Part, row + column.Second * channels, channels);
                        }
                        var mix = new Mix(i, factorY, height);
                        AddPart<V>(row, 1 - mix.Part, to + (nint)mix.First * length, length);
                        AddPart<V>(row, mix.Part, to + (nint)mix.Second * length, length);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void AddPart<V>(float* from, float part, float* to, int length) where V : struct, IVector16<V>
        {
            V factor = V.Broadcast(part);
            for (int c = 0; c < length; c += 16)
            {
                int lanes = Math.Min(16, length - c);
                UpTo16.Store(V.MultiplyAdd(factor, UpTo16.Load<V>(in from[c], lanes), UpTo16.Load<V>(in to[c], lanes)), ref to[c], lanes);
            }
        }
    }
}
