using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <content>Losses of whole rows.</content>
public static partial class Loss
{
    /// <summary><c>losses[r] = w_r l(x_r, t_r)</c>.</summary>
    /// <param name="predictions"><c>x</c>, <c>[rows, width]</c>.</param>
    /// <param name="targets"><c>t</c>, <c>[rows, width]</c>, or as many a row as the loss takes.</param>
    /// <param name="weights"><c>w</c>, <c>[rows]</c>.</param>
    /// <param name="losses"><c>[rows]</c>.</param>
    /// <param name="width">Elements of a row.</param>
    /// <param name="loss">The loss of a row.</param>
    public static void Rows<TLoss>(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Span<float> losses, int width, TLoss loss)
        where TLoss : struct, IRowLoss => Simd.Run(new RowLossKernel<ValueOf<TLoss>, TLoss>(predictions, targets, weights, losses, width, loss));

    /// <summary>The gradient of the mean loss by the predictions, <c>w_r dl(x_r, t_r) / dx_r</c>; it may overwrite them.</summary>
    /// <param name="predictions"><c>x</c>, <c>[rows, width]</c>.</param>
    /// <param name="targets"><c>t</c>, <c>[rows, width]</c>, or as many a row as the loss takes.</param>
    /// <param name="weights"><c>w</c>, <c>[rows]</c>.</param>
    /// <param name="gradient"><c>[rows, width]</c>.</param>
    /// <param name="width">Elements of a row.</param>
    /// <param name="loss">The loss of a row.</param>
    public static void RowsGradient<TLoss>(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Span<float> gradient, int width, TLoss loss)
        where TLoss : struct, IRowLoss => Simd.Run(new RowLossKernel<GradientOf<TLoss>, TLoss>(predictions, targets, weights, gradient, width, loss));

    /// <summary>What is computed of each row.</summary>
    internal interface IRowResult<TLoss>
    {
        /// <summary>Floats that it gives of a row.</summary>
        static abstract int Width(int width);

        static abstract void Row<V>(TLoss loss, ref float x, ref float t, ref float y, int width, float weight) where V : struct, IVector16<V>;
    }

    /// <summary><c>w l(x, t)</c>.</summary>
    internal readonly struct ValueOf<TLoss> : IRowResult<TLoss> where TLoss : struct, IRowLoss
    {
        public static int Width(int width) => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Row<V>(TLoss loss, ref float x, ref float t, ref float y, int width, float weight) where V : struct, IVector16<V> =>
            y = weight * loss.Value<V>(ref x, ref t, width);
    }

    /// <summary><c>w dl / dx</c>.</summary>
    internal readonly struct GradientOf<TLoss> : IRowResult<TLoss> where TLoss : struct, IRowLoss
    {
        public static int Width(int width) => width;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Row<V>(TLoss loss, ref float x, ref float t, ref float y, int width, float weight) where V : struct, IVector16<V> =>
            loss.Gradient<V>(ref x, ref t, ref y, width, weight);
    }

    /// <summary>One result of each row of predictions; 0, and nothing read, where <c>w_r</c> is 0.</summary>
    internal readonly ref struct RowLossKernel<TResult, TLoss> : ISimdKernel
        where TResult : struct, IRowResult<TLoss>
        where TLoss : struct, IRowLoss
    {
        private readonly ReadOnlySpan<float> _x, _t, _weights;
        private readonly Span<float> _y;
        private readonly int _width;
        private readonly TLoss _loss;

        public RowLossKernel(ReadOnlySpan<float> x, ReadOnlySpan<float> t, ReadOnlySpan<float> weights, Span<float> y, int width, TLoss loss)
        {
            Debug.Assert(x.Length == weights.Length * width && t.Length == weights.Length * TLoss.TargetWidth(width) && y.Length == weights.Length * TResult.Width(width));
            _x = x;
            _t = t;
            _weights = weights;
            _y = y;
            _width = width;
            _loss = loss;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int targets = TLoss.TargetWidth(_width), results = TResult.Width(_width);
            for (int r = 0; r < _weights.Length; r++)
            {
                Span<float> y = _y.Slice(r * results, results);
                if (_weights[r] == 0)
                {
                    y.Clear();
                    continue;
                }
                ref float x = ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), r * _width);
                ref float t = ref Unsafe.Add(ref MemoryMarshal.GetReference(_t), r * targets);
                TResult.Row<V>(_loss, ref x, ref t, ref MemoryMarshal.GetReference(y), _width, _weights[r]);
            }
        }
    }
}
