namespace NetGen.CompilerServices;

/// <summary>
/// Some samples whose steps are computed together. Those that have the present step are the first rows of the block's memory, in no order; what is computed for a row
/// depends on no other.
/// </summary>
internal unsafe struct SequenceBlock
{
    /// <summary>Samples of a block: whole tiles of every width.</summary>
    public const int Most = 48;

    private readonly int _first;
    private readonly int _samples;
    private readonly int _steps;
    private readonly bool _reverse;
    private fixed int _lengths[Most];
    private fixed int _sampleOf[Most];

    public SequenceBlock(int* lengths, int first, int samples, int steps, bool reverse)
    {
        (_first, _samples, _steps, _reverse) = (first, samples, steps, reverse);
        for (int i = 0; i < samples; i++)
        {
            // Generated code has checked the lengths; that no other can lead outside of memory costs nothing.
            _lengths[i] = lengths == null ? steps : Math.Clamp(lengths[first + i], 0, steps);
        }
    }

    /// <summary>Rows in use.</summary>
    public int Rows { get; private set; }

    /// <summary>Samples of the block.</summary>
    public readonly int Samples => _samples;

    /// <summary>The longest sequence.</summary>
    public readonly int Longest
    {
        get
        {
            int longest = 0;
            for (int i = 0; i < _samples; i++) longest = Math.Max(longest, _lengths[i]);
            return longest;
        }
    }

    /// <summary>The sample that a row belongs to, of all samples.</summary>
    public readonly int Sample(int row) => _first + _sampleOf[row];

    /// <summary>Whether a row's sequence has ended after <paramref name="step"/> steps.</summary>
    public readonly bool HasEnded(int row, int step) => _lengths[_sampleOf[row]] == step;

    /// <summary>The length of the block's sample <paramref name="i"/>.</summary>
    public readonly int LengthOf(int i) => _lengths[i];

    /// <summary>Gives the block's sample <paramref name="i"/> a row, behind the others.</summary>
    public int Add(int i)
    {
        _sampleOf[Rows] = i;
        return Rows++;
    }

    /// <summary>Takes a row away: the last row, whose number is returned, has to be moved to its place.</summary>
    public int Remove(int row)
    {
        Rows--;
        _sampleOf[row] = _sampleOf[Rows];
        return Rows;
    }

    /// <summary>Where in <c>[B, T]</c> step <paramref name="step"/> of each row's sequence lies, counted in the order of computation.</summary>
    public readonly void Locate(int step, nint* places)
    {
        for (int r = 0; r < Rows; r++)
        {
            int i = _sampleOf[r];
            places[r] = (nint)(_first + i) * _steps + (_reverse ? _lengths[i] - 1 - step : step);
        }
    }

    /// <summary>Clears the padding of <c>[B, T, width]</c>; null is absent.</summary>
    public readonly void ClearPadding(float* tensor, int width)
    {
        if (tensor == null) return;
        for (int i = 0; i < _samples; i++)
        {
            nint start = (nint)(_first + i) * _steps + _lengths[i];
            new Span<float>(tensor + start * width, (_steps - _lengths[i]) * width).Clear();
        }
    }

    /// <summary>The samples of each block when <paramref name="samples"/> are divided evenly.</summary>
    public static int Size<V>(int samples) where V : struct, IVector16<V>
    {
        int blocks = (samples + Most - 1) / Most;
        if (blocks == 0) return 0;
        int rows = Gemm.PanelRows<V>();
        return Math.Min(samples, ((samples + blocks - 1) / blocks + rows - 1) / rows * rows);
    }
}
