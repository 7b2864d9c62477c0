using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>The gradient of a weight by the tiles of <see cref="WinogradSums"/>, which is its transpose: <c>dg = Gᵀ [Σ (Bᵀ d B) ⊙ (A dy Aᵀ)] G</c> over all tiles and images.</summary>
/// <remarks>The sum is one matrix product for each of the 16 elements, with tiles as its inner axis: chains of some tiles, added in order.</remarks>
internal readonly unsafe struct WinogradOuterProducts
{
    private const int Elements = WinogradTransforms.Elements;

    // Sums that are added to lie in the second level of cache, beside what is multiplied.
    private const int SumFloats = 32 * 1024;

    // A chain: as deep as pays for loading and storing the sums, and as its operands fit the cache.
    private const int MostTiles = 96;

    private readonly int _height, _width, _inputs, _resultHeight, _resultWidth, _outputs;
    private readonly int _top, _left;
    private readonly int _columns, _together, _slice;
    private readonly Part _part;

    /// <summary>The gradient of the weight of some channels of the image.</summary>
    public WinogradOuterProducts(ConvolutionPlan plan, Part part)
    {
        (_height, _width, _inputs) = (plan.SourceHeight, plan.SourceWidth, plan.SourceChannels);
        (_resultHeight, _resultWidth, _outputs) = (plan.ResultHeight, plan.ResultWidth, plan.ResultChannels);
        (_top, _left) = (plan.Passes[0].Height.SourceStart, plan.Passes[0].Width.SourceStart);
        _part = part;
        _columns = (_resultWidth + 1) / 2;
        // Whole rows of tiles, of one image or several.
        _together = Math.Max(1, MostTiles / _columns) * _columns;
        _slice = Math.Min(part.Count, Math.Max(16, SumFloats / (Elements * _outputs) / 16 * 16));
    }

    /// <summary>Channels that stay with one worker.</summary>
    public const int Unit = 8;

    /// <summary>Floats of memory that <see cref="Add"/> needs.</summary>
    public int ScratchLength => ZerosLength + Elements * (SumStep + PixelStep + GradientStep);

    private int ZerosLength => (Math.Max(_width * _inputs, _resultWidth * _outputs) + 15) & ~15;

    private int SumStep => WinogradTransforms.Step(_slice * _outputs);

    // Vectors that a part cuts are transformed whole: with masks they would take longer.
    private int PixelStep => WinogradTransforms.Step(_together * (_slice + 16));

    private int GradientStep => WinogradTransforms.Step(_together * _outputs);

    /// <summary>Adds to the part of a weight's gradient, <c>[9, Ci, Co]</c>, what some images give.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Add<V>(float* x, float* dy, float* dw, int images, float* scratch) where V : struct, IVector16<V>
    {
        float* zeros = scratch, sums = zeros + ZerosLength, pixels = sums + Elements * SumStep, gradients = pixels + Elements * PixelStep;
        new Span<float>(zeros, ZerosLength).Clear();
        for (int first = _part.Start; first < _part.Start + _part.Count; first += _slice)
        {
            int channels = Math.Min(_slice, _part.Start + _part.Count - first), tiles = 0;
            int start = first & ~15, transformed = Math.Min(_inputs, (first + channels + 15) & ~15) - start;
            new Span<float>(sums, Elements * SumStep).Clear();
            for (int image = 0; image < images; image++)
            {
                float* source = x + (nint)image * _height * _width * _inputs, result = dy + (nint)image * _resultHeight * _resultWidth * _outputs;
                for (int y = 0; y < _resultHeight; y += 2)
                {
                    WinogradTransforms.Pixels<V>(
                        Row(source, zeros, y + _top, start), Row(source, zeros, y + _top + 1, start), Row(source, zeros, y + _top + 2, start), Row(source, zeros, y + _top + 3, start),
                        _left, _width, _inputs, transformed, _columns, pixels + (nint)tiles * transformed, PixelStep);
                    float* row = result + (nint)y * _resultWidth * _outputs;
                    float* next = y + 1 < _resultHeight ? row + (nint)_resultWidth * _outputs : zeros;
                    WinogradTransforms.Gradients<V>(row, next, _resultWidth, _outputs, _columns, gradients + (nint)tiles * _outputs, GradientStep);
                    tiles += _columns;
                    if (tiles < _together) continue;
                    Multiply<V>(pixels + (first - start), transformed, gradients, sums, channels, tiles);
                    tiles = 0;
                }
            }
            if (tiles > 0) Multiply<V>(pixels + (first - start), transformed, gradients, sums, channels, tiles);
            WinogradTransforms.AddTaps<V>(sums, SumStep, dw + (nint)first * _outputs, (nint)_inputs * _outputs, channels * _outputs);
        }
    }

    /// <summary>Adds the products of some tiles to the sums.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Multiply<V>(float* pixels, int transformed, float* gradients, float* sums, int channels, int tiles) where V : struct, IVector16<V>
    {
        var o = new TileOperands { RowStep = 1, InnerStep = transformed, BStep = _outputs, CStep = _outputs, StartStep = _outputs, Inner = tiles };
        for (int element = 0; element < Elements; element++)
        {
            o.A = pixels + (nint)element * PixelStep;
            o.B = gradients + (nint)element * GradientStep;
            o.C = o.Start = sums + (nint)element * SumStep;
            Gemm.Run<V, Activated<Identity>>(ref o, channels, _outputs, default);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float* Row(float* source, float* zeros, int row, int channel) => (uint)row < (uint)_height ? source + (nint)row * _width * _inputs + channel : zeros;
}
