using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

public static partial class MatMul
{
    /// <summary><c>c = f(scale * (a b) + shift + residual)</c>: a 1x1 convolution of <c>rows</c> pixels.</summary>
    /// <param name="a"><c>[rows, inner]</c>.</param>
    /// <param name="b"><c>[inner, columns]</c>.</param>
    /// <param name="scale"><c>[columns]</c>; empty for 1. It comes with a shift.</param>
    /// <param name="shift"><c>[columns]</c>; empty for 0.</param>
    /// <param name="residual"><c>[rows, columns]</c>, added before the activation; empty for none.</param>
    /// <param name="c"><c>[rows, columns]</c>.</param>
    /// <param name="rows">Rows of a and c.</param>
    /// <param name="inner">Columns of a, rows of b.</param>
    /// <param name="columns">Columns of b and c.</param>
    /// <param name="activation">f.</param>
    [MethodImpl(Hot)]
    public static void Product<TActivation>(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, ReadOnlySpan<float> residual, Span<float> c,
        int rows, int inner, int columns, TActivation activation)
        where TActivation : struct, IActivation
    {
        Debug.Assert(a.Length == rows * inner && b.Length == inner * columns && c.Length == rows * columns);
        Debug.Assert((scale.IsEmpty || (scale.Length == columns && !shift.IsEmpty)) && (shift.IsEmpty || shift.Length == columns) && (residual.IsEmpty || residual.Length == c.Length));
        Simd.Run(new ScaledProductKernel<TActivation>(a, b, scale, shift, residual, c, rows, inner, columns, activation));
    }

    internal readonly unsafe ref struct ScaledProductKernel<TActivation>(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, ReadOnlySpan<float> residual, Span<float> c,
        int rows, int inner, int columns, TActivation activation)
        : ISimdKernel where TActivation : struct, IActivation
    {
        private readonly ReadOnlySpan<float> _a = a, _b = b, _scale = scale, _shift = shift, _residual = residual;
        private readonly Span<float> _c = c;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            if (_scale.IsEmpty && _residual.IsEmpty)
            {
                new ProductKernel<TActivation>(_a, _b, _shift, _c, rows, inner, columns, activation).Run<V>();
                return;
            }
            fixed (float* a = _a, b = _b, c = _c, scale = _scale, shift = _shift, residual = _residual)
            {
                nint distance = (nint)(residual - c);
                // What no scale follows is what sums start from, in whichever way they are computed: a row has the same bits alone and in a batch.
                float* start = scale == null ? shift : null;
                if (rows > 1 && TActivation.IsSimple)
                {
                    if (scale == null) Rows<V, ResidualSum<TActivation>>(a, b, start, c, rows, inner, columns, new(distance, activation));
                    else if (residual == null) Rows<V, ScaledSum<TActivation>>(a, b, start, c, rows, inner, columns, new(scale, shift, activation));
                    else Rows<V, ScaledResidualSum<TActivation>>(a, b, start, c, rows, inner, columns, new(scale, shift, distance, activation));
                    return;
                }
                if (rows == 1) OneRow<V, Identity>(a, b, start, c, inner, columns, default);
                else Rows<V, Activated<Identity>>(a, b, start, c, rows, inner, columns, default);
                Finish.Rows<V, TActivation>(c, scale, shift, residual, rows, columns, activation);
            }
        }
    }
}
