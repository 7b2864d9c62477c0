using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;

namespace NetGen.CompilerServices;

/// <summary>
/// A depthwise convolution or its gradient with respect to the image, as sums over taps: rows of results are divided into runs that read the same taps, so
/// that no loop asks what lies outside, and runs into tiles.
/// </summary>
/// <param name="depth">Along planes.</param>
/// <param name="height">Along rows.</param>
/// <param name="width">Along columns.</param>
/// <param name="kernelHeight">Rows of the weight in a plane.</param>
/// <param name="kernelWidth">Taps of the weight in a row.</param>
/// <param name="taps">Taps of the weight.</param>
/// <param name="channels">Channels of source, weight and result.</param>
internal readonly unsafe partial struct Gather(GatherAxis depth, GatherAxis height, GatherAxis width, int kernelHeight, int kernelWidth, int taps, int channels)
{
    /// <summary>The convolution.</summary>
    public static Gather Forwards(SlidingWindow window, int channels) => new(
        GatherAxis.Forwards(window.Depth), GatherAxis.Forwards(window.Height), GatherAxis.Forwards(window.Width), window.Height.Kernel, window.Width.Kernel, window.Taps, channels);

    /// <summary>The gradient of its image.</summary>
    public static Gather Backwards(SlidingWindow window, int channels) => new(
        GatherAxis.Backwards(window.Depth), GatherAxis.Backwards(window.Height), GatherAxis.Backwards(window.Width), window.Height.Kernel, window.Width.Kernel, window.Taps, channels);

    /// <summary>Floats of a source image.</summary>
    public nint SourceSize => (nint)depth.Sources * height.Sources * width.Sources * channels;

    /// <summary>Floats of a result.</summary>
    public nint ResultSize => (nint)depth.Results * height.Results * width.Results * channels;

    /// <summary>The most results of a tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int MostResults<V>()
    {
        if (typeof(V) == typeof(Vector512x1)) return 8;
        if (typeof(V) == typeof(Vector256x2)) return 4;
        return typeof(V) == typeof(Vector128x4) && AdvSimd.IsSupported ? 4 : 2;
    }

    /// <summary>Floats of the memory that <see cref="Image"/> needs.</summary>
    public int ScratchSize => channels < 16 ? (taps + 2) * 16 : 0;

    /// <summary>One image.</summary>
    /// <param name="source">Its source.</param>
    /// <param name="sourceEnd">Where the memory of sources ends.</param>
    /// <param name="weight"><c>[taps, channels]</c>.</param>
    /// <param name="scale">A number a channel, or null.</param>
    /// <param name="shift">A number a channel, or null.</param>
    /// <param name="extra">What the epilogue reads for each result, or null.</param>
    /// <param name="extraEnd">Where the memory of extra ends.</param>
    /// <param name="result">The result.</param>
    /// <param name="scratch">Memory for pixels of few channels.</param>
    /// <param name="epilogue">What is done to each sum.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Image<V, TEpilogue>(
        float* source, float* sourceEnd, float* weight, float* scale, float* shift, float* extra, float* extraEnd, float* result, float* scratch, TEpilogue epilogue)
        where V : struct, IVector16<V> where TEpilogue : struct, IGatherEpilogue
    {
        GatherOperands o = default;
        int tapSize = channels;
        if (channels < 16)
        {
            // Weights with room for whole vectors, which they fill as often as they go into one.
            for (int tap = 0; tap < taps; tap++) Widen<V>(ref scratch, weight + tap * channels);
            if (scale != null) scale = Widen<V>(ref scratch, scale);
            if (shift != null) shift = Widen<V>(ref scratch, shift);
            weight = scratch - (taps + (scale != null ? 1 : 0) + (shift != null ? 1 : 0)) * 16;
            tapSize = 16;
        }
        o.XEnd = sourceEnd;
        o.ExtraEnd = extraEnd;
        o.XStep = (nint)width.Advance * channels;
        o.YStep = (nint)width.Period * channels;
        o.XColumn = (nint)width.SourceStep * channels;
        o.XRow = (nint)height.SourceStep * width.Sources * channels;
        o.XPlane = (nint)depth.SourceStep * height.Sources * width.Sources * channels;
        o.WColumn = (nint)width.TapStep * tapSize;
        o.WRow = (nint)height.TapStep * kernelWidth * tapSize;
        o.WPlane = (nint)depth.TapStep * kernelHeight * kernelWidth * tapSize;
        o.Scale = scale;
        o.Shift = shift;
        // Results that follow one another read pixels that do: a run of them is a row of floats, whatever the channels.
        bool flat = channels < 16 && 16 % channels == 0 && width.Period == 1 && width.Advance == 1;
        int firstSource = 0, firstTap = 0;
        bool left = false, right = false, threeTaps = !flat && HasThreeTaps<V>(ref o, tapSize, out firstSource, out firstTap, out left, out right);
        for (int z = 0; z < depth.Results; z++)
        {
            AxisTaps planes = depth.Taps(z);
            o.Planes = planes.Count;
            for (int y = 0; y < height.Results; y++)
            {
                AxisTaps rows = height.Taps(y);
                o.Rows = rows.Count;
                float* x = source + (((nint)planes.Source * height.Sources) + rows.Source) * width.Sources * channels;
                float* w = weight + (((nint)planes.First * kernelHeight) + rows.First) * kernelWidth * tapSize;
                nint row = (((nint)z * height.Results) + y) * width.Results * channels;
                o.Y = result + row;
                o.Extra = extra == null ? null : extra + row;
                if (threeTaps)
                {
                    o.X = x + (nint)firstSource * channels;
                    o.W = w + (nint)firstTap * tapSize;
                    ThreeTapRow<V, TEpilogue>(ref o, left, right, epilogue);
                    continue;
                }
                for (int phase = 0; phase < width.Period; phase++)
                {
                    for (int column = phase; column < width.Results;)
                    {
                        AxisTaps columns = width.Taps(column);
                        int count = width.Run(column, columns);
                        o.Columns = columns.Count;
                        o.X = x + (nint)columns.Source * channels;
                        o.W = w + (nint)columns.First * tapSize;
                        o.Y = result + row + (nint)column * channels;
                        o.Extra = extra == null ? null : extra + row + (nint)column * channels;
                        column += count * width.Period;
                        if (flat && count * channels >= 16)
                        {
                            FlatRun<V, TEpilogue>(ref o, count * channels, epilogue);
                            continue;
                        }
                        for (int most = MostResults<V>(); count > 0; count -= most)
                        {
                            Tile<V, TEpilogue>(ref o, Math.Min(count, most), epilogue);
                            o.Advance(most);
                        }
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float* Widen<V>(ref float* place, float* values) where V : struct, IVector16<V>
    {
        float* widened = place;
        V.Store(V.LoadPartial(in *values, channels), ref *widened);
        for (int i = channels; i <= 16 - channels; i += channels) V.StorePartial(V.LoadPartial(in *values, channels), ref widened[i], channels);
        place += 16;
        return widened;
    }

    /// <summary>A run of so many floats, in whole vectors of which the last may repeat some.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void FlatRun<V, TEpilogue>(ref GatherOperands o, int length, TEpilogue epilogue) where V : struct, IVector16<V> where TEpilogue : struct, IGatherEpilogue
    {
        (nint xStep, nint yStep) = (o.XStep, o.YStep);
        (o.XStep, o.YStep, o.Blocks, o.Lanes) = (16, 16, 1, 16);
        int most = MostResults<V>(), vectors = length / 16;
        for (; vectors > 0; vectors -= most)
        {
            int count = Math.Min(vectors, most);
            Block<V, Whole, TEpilogue>(ref o, count, epilogue);
            o.Advance(count);
        }
        if (length % 16 != 0)
        {
            // Pixels are a whole number in 16 floats, so weights stay at their channels.
            int back = 16 - (length % 16);
            o.X -= back;
            o.Y -= back;
            if (o.Extra != null) o.Extra -= back;
            Block<V, Whole, TEpilogue>(ref o, 1, epilogue);
        }
        (o.XStep, o.YStep) = (xStep, yStep);
    }

    /// <summary>All channels of a tile: whole blocks, of which the last may repeat some channels, or the only one, if it is cut.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Tile<V, TEpilogue>(ref GatherOperands o, int results, TEpilogue epilogue) where V : struct, IVector16<V> where TEpilogue : struct, IGatherEpilogue
    {
        if (channels < 16)
        {
            o.Blocks = 1;
            o.Lanes = channels;
            if (o.CanOverread(results)) Block<V, Overread, TEpilogue>(ref o, results, epilogue);
            else Block<V, Masked, TEpilogue>(ref o, results, epilogue);
            return;
        }
        o.Blocks = channels / 16;
        o.Lanes = 16;
        Block<V, Whole, TEpilogue>(ref o, results, epilogue);
        if (channels % 16 == 0) return;
        o.Blocks = 1;
        o.Skip(channels - 16);
        Block<V, Whole, TEpilogue>(ref o, results, epilogue);
        o.Skip(16 - channels);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block<V, TEnd, TEpilogue>(ref GatherOperands o, int results, TEpilogue epilogue)
        where V : struct, IVector16<V> where TEnd : struct, IRowEnd where TEpilogue : struct, IGatherEpilogue
    {
        switch (results)
        {
            case 1: GatherTile<V, TEnd, Rows1, TEpilogue>.Run(ref o, epilogue); break;
            case 2: GatherTile<V, TEnd, Rows2, TEpilogue>.Run(ref o, epilogue); break;
            case 3: GatherTile<V, TEnd, Rows3, TEpilogue>.Run(ref o, epilogue); break;
            case 4: GatherTile<V, TEnd, Rows4, TEpilogue>.Run(ref o, epilogue); break;
            case 5: GatherTile<V, TEnd, Rows5, TEpilogue>.Run(ref o, epilogue); break;
            case 6: GatherTile<V, TEnd, Rows6, TEpilogue>.Run(ref o, epilogue); break;
            case 7: GatherTile<V, TEnd, Rows7, TEpilogue>.Run(ref o, epilogue); break;
            default: GatherTile<V, TEnd, Rows8, TEpilogue>.Run(ref o, epilogue); break;
        }
    }
}
