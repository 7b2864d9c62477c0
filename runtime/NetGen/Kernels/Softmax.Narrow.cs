using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <content>Rows of few elements: sixteen rows at a time, one a lane, so that maximum and sum are plain arithmetic. Lanes without a row are dropped.</content>
public static partial class Softmax
{
    internal readonly ref struct NarrowKernel(ReadOnlySpan<float> x, Span<float> y, int width) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly Span<float> _y = y;
        private readonly int _width = width;

        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public unsafe void Run<V>() where V : struct, IVector16<V>
        {
            float* columns = stackalloc float[SixteenRows.Size];
            int width = _width, rows = _y.Length / width;
            fixed (float* x = _x, y = _y)
            {
                for (int r = 0; r < rows; r += 16)
                {
                    int count = Math.Min(16, rows - r);
                    SixteenRows.Load(x + r * width, columns, count, width);
                    V max = V.Load(ref *columns);
                    for (int j = 1; j < width; j++) max = V.Max(max, V.Load(ref columns[16 * j]));
                    V sum = V.Broadcast(0);
                    for (int j = 0; j < width; j++)
                    {
                        V power = VectorMath.ExpAtMostOne(V.Load(ref columns[16 * j]) - max);
                        V.Store(power, ref columns[16 * j]);
                        sum += power;
                    }
                    V scale = V.Broadcast(1) / sum;
                    for (int j = 0; j < width; j++) V.Store(V.Load(ref columns[16 * j]) * scale, ref columns[16 * j]);
                    SixteenRows.Store(columns, y + r * width, count, width);
                }
            }
        }
    }
}
