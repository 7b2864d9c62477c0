using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// A convolution of 3x3 neighbouring taps by minimal filtering: each tile of 2x2 places takes 16 products for a pair of channels where the definition takes 36.
/// </summary>
/// <remarks>
/// <para>A tile is <c>Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A</c>: of the taps g, and of the 4x4 pixels d that the tile reads. Transformed pixels and taps meet in 16 matrix products, one for each
/// element, whose rows are tiles. All that the transforms do is add, and halve taps.</para>
/// <para>Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, 2016: F(2x2, 3x3). Larger tiles save more products and lose digits; this one is as exact as the definition.
/// A pixel that is not finite makes the whole of its tiles NaN.</para>
/// </remarks>
internal sealed unsafe class WinogradSums
{
    private const int Elements = WinogradTransforms.Elements;

    // Transformed pixels and products of a group of tiles lie in the first two levels of cache.
    private const int GroupFloats = 32 * 1024;

    private readonly int _sourceHeight, _sourceWidth, _sources, _top, _left;
    private readonly int _resultHeight, _resultWidth, _results;
    private readonly int _groupRows, _groupColumns;

    /// <summary>The sums of a plan whose only pass has 3x3 neighbouring taps and places.</summary>
    public WinogradSums(ConvolutionPlan plan)
    {
        Pass pass = plan.Passes[0];
        Debug.Assert(plan is { Groups: 1, Passes.Length: 1 } && pass.Depth is { Source: 1, Places: 1, Taps: 1 } && HasThreeTaps(pass.Height) && HasThreeTaps(pass.Width));
        (_sourceHeight, _sourceWidth, _sources) = (plan.SourceHeight, plan.SourceWidth, plan.SourceChannels);
        (_resultHeight, _resultWidth, _results) = (plan.ResultHeight, plan.ResultWidth, plan.ResultChannels);
        (_top, _left) = (pass.Height.SourceStart, pass.Width.SourceStart);
        int most = Math.Max(1, GroupFloats / (Elements * (_sources + _results)));
        int rows = (_resultHeight + 1) / 2, columns = (_resultWidth + 1) / 2;
        // Groups are whole rows of tiles, or equal parts of one.
        _groupColumns = Part(columns, most);
        _groupRows = Part(rows, Math.Max(1, most / _groupColumns));

        static bool HasThreeTaps(PassAxis axis) => axis is { Taps: 3, TapStep: 1, SourceStep: 1, ResultStart: 0, ResultStep: 1 } && axis.Places == axis.Result;

        static int Part(int count, int most)
        {
            int parts = (count + most - 1) / most;
            return (count + parts - 1) / parts;
        }
    }

    /// <summary>Floats of memory that <see cref="Run"/> needs.</summary>
    public int ScratchLength => ZerosLength + Elements * (WeightStep + PixelStep + ProductStep);

    /// <summary>A row of pixels outside the image, and sums that start from nothing.</summary>
    private int ZerosLength => (Math.Max(_sourceWidth * _sources, _results) + 15) & ~15;

    private int WeightStep => WinogradTransforms.Step(_sources * _results);

    private int PixelStep => WinogradTransforms.Step(_groupRows * _groupColumns * _sources);

    private int ProductStep => WinogradTransforms.Step(_groupRows * _groupColumns * _results);

    /// <summary>All images.</summary>
    /// <param name="source">Images of the source.</param>
    /// <param name="weight"><c>[9, sources, results]</c>, taps in the order of the pass.</param>
    /// <param name="start">What sums start from, for each channel of the result; null for 0.</param>
    /// <param name="result">Images of the result.</param>
    /// <param name="scratch">Memory for <see cref="ScratchLength"/> floats.</param>
    /// <param name="images">Number of images.</param>
    /// <param name="epilogue">What is done to the sums.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Run<V, TEpilogue>(float* source, float* weight, float* start, float* result, float* scratch, int images, TEpilogue epilogue)
        where V : struct, IVector16<V> where TEpilogue : struct, ITileEpilogue
    {
        Prepare<V>(weight, scratch);
        for (; images > 0; images--)
        {
            RunRows<V, TEpilogue>(source, start, result, scratch, 0, _resultHeight, epilogue);
            source += (nint)_sourceHeight * _sourceWidth * _sources;
            result += (nint)_resultHeight * _resultWidth * _results;
        }
    }

    /// <summary>Makes memory ready for <see cref="RunRows"/>: zeros, and the transformed weight.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Prepare<V>(float* weight, float* scratch) where V : struct, IVector16<V>
    {
        new Span<float>(scratch, ZerosLength).Clear();
        WinogradTransforms.Weight<V>(weight, _sources * _results, scratch + ZerosLength, WeightStep);
    }

    /// <summary>Some rows of the result of one image, in prepared memory.</summary>
    /// <param name="source">The image of the source.</param>
    /// <param name="start">What sums start from, for each channel of the result; null for 0.</param>
    /// <param name="result">Where the first row of the result lies, or would lie.</param>
    /// <param name="scratch">What <see cref="Prepare"/> made.</param>
    /// <param name="first">The first row: even, where tiles begin.</param>
    /// <param name="end">One past the last.</param>
    /// <param name="epilogue">What is done to the sums.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void RunRows<V, TEpilogue>(float* source, float* start, float* result, float* scratch, int first, int end, TEpilogue epilogue)
        where V : struct, IVector16<V> where TEpilogue : struct, ITileEpilogue
    {
        Debug.Assert(first % 2 == 0);
        int columns = (_resultWidth + 1) / 2;
        float* zeros = scratch, weight = zeros + ZerosLength, pixels = weight + Elements * WeightStep, products = pixels + Elements * PixelStep;
        if (start == null) start = zeros;
        var o = new TileOperands { RowStep = _sources, InnerStep = 1, BStep = _results, CStep = _results, Inner = _sources };
        for (int y = first; y < end; y += 2 * _groupRows)
        {
            int bottom = Math.Min(end, y + 2 * _groupRows);
            for (int left = 0; left < columns; left += _groupColumns)
            {
                int count = Math.Min(_groupColumns, columns - left), tiles = 0;
                for (int row = y; row < bottom; row += 2)
                {
                    int top = row + _top;
                    WinogradTransforms.Pixels<V>(
                        Row(source, zeros, top), Row(source, zeros, top + 1), Row(source, zeros, top + 2), Row(source, zeros, top + 3),
                        2 * left + _left, _sourceWidth, _sources, _sources, count, pixels + (nint)tiles * _sources, PixelStep);
                    tiles += count;
                }
                for (int element = 0; element < Elements; element++)
                {
                    o.A = pixels + (nint)element * PixelStep;
                    o.B = weight + (nint)element * WeightStep;
                    o.C = products + (nint)element * ProductStep;
                    Gemm.Run<V, Activated<Identity>>(ref o, tiles, _results, default);
                }
                float* product = products;
                for (int row = y; row < bottom; row += 2)
                {
                    float* to = result + ((nint)row * _resultWidth + 2 * left) * _results;
                    nint nextRow = row + 1 < end ? (nint)_resultWidth * _results : 0;
                    WinogradTransforms.Sums<V, TEpilogue>(product, ProductStep, start, to, nextRow, _resultWidth - 2 * left, _results, count, epilogue);
                    product += (nint)count * _results;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float* Row(float* source, float* zeros, int row) => (uint)row < (uint)_sourceHeight ? source + (nint)row * _sourceWidth * _sources : zeros;
}
