namespace NetGen.CompilerServices;

/// <summary>The operands of sums over a box of taps, for some neighbouring results of one row and some channels.</summary>
internal unsafe struct GatherOperands
{
    /// <summary>The source pixel of the first result's first tap.</summary>
    public float* X;

    /// <summary>Where the source images end, and where extra ends.</summary>
    public float* XEnd, ExtraEnd;

    /// <summary>The first tap.</summary>
    public float* W;

    /// <summary>The first result.</summary>
    public float* Y;

    /// <summary>The residual or the saved values of the first result, at the same distances as results; null when absent.</summary>
    public float* Extra;

    /// <summary>Of these channels; null is 1.</summary>
    public float* Scale;

    /// <summary>Of these channels; null is 0.</summary>
    public float* Shift;

    /// <summary>Floats from the source of one result to that of the next, and from one result to the next.</summary>
    public nint XStep, YStep;

    /// <summary>Floats of the source from one column, row, plane of taps to the next.</summary>
    public nint XColumn, XRow, XPlane;

    /// <summary>Floats of the weight from one column, row, plane of taps to the next.</summary>
    public nint WColumn, WRow, WPlane;

    /// <summary>The box of taps.</summary>
    public int Columns, Rows, Planes;

    /// <summary>Blocks of 16 channels, one after the other.</summary>
    public int Blocks;

    /// <summary>Channels of a block, 1 to 16; 16 where there are several.</summary>
    public int Lanes;

    /// <summary>Whether 16 floats may be read of every pixel of a tile.</summary>
    public readonly bool CanOverread(int results)
    {
        nint furthest = Math.Max((Planes - 1) * XPlane, 0) + Math.Max((Rows - 1) * XRow, 0) + Math.Max((Columns - 1) * XColumn, 0) + ((results - 1) * XStep) + 16;
        return X + furthest <= XEnd && (Extra == null || Extra + ((results - 1) * YStep) + 16 <= ExtraEnd);
    }

    /// <summary>Goes on by some results.</summary>
    public void Advance(int results)
    {
        X += results * XStep;
        Y += results * YStep;
        if (Extra != null) Extra += results * YStep;
    }

    /// <summary>Goes on by some channels.</summary>
    public void Skip(int channels)
    {
        X += channels;
        W += channels;
        Y += channels;
        if (Extra != null) Extra += channels;
        if (Scale != null) Scale += channels;
        if (Shift != null) Shift += channels;
    }
}
