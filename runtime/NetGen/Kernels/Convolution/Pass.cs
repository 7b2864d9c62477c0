using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>Pixels of the result that are summed over the same taps.</summary>
internal sealed unsafe class Pass
{
    private readonly Run[] _runs;

    public Pass(PassAxis depth, PassAxis height, PassAxis width, int weightRow, ConvolutionPlan plan)
    {
        (Depth, Height, Width, WeightRow) = (depth, height, width, weightRow);
        int channels = plan.GroupSources;
        WeightRows = depth.Taps * height.Taps * width.Taps * channels;
        // Neighbouring pixels with all their channels lie one after the other.
        bool merged = plan.Groups == 1 && width.TapStep == 1;
        RunsInRow = merged && width.Taps > 0 ? 1 : width.Taps;
        RunLength = merged ? width.Taps * channels : channels;
        HasThreeTaps = merged && width.Taps == 3 && width.SourceStep == 1;
        PlacesInBand = plan.PlacesInBand(height);
        _runs = GC.AllocateArray<Run>(depth.Taps * height.Taps * RunsInRow, pinned: true);
        int i = 0;
        for (int z = 0; z < depth.Taps; z++)
        {
            for (int y = 0; y < height.Taps; y++)
            {
                for (int x = 0; x < RunsInRow; x++)
                {
                    nint row = (nint)(z * depth.TapStep) * plan.SourceHeight + y * height.TapStep;
                    _runs[i] = new(row * plan.RowLength + x * width.TapStep * plan.SourceChannels, (nint)i * RunLength * plan.GroupResults);
                    i++;
                }
            }
        }
    }

    public PassAxis Depth { get; }

    public PassAxis Height { get; }

    public PassAxis Width { get; }

    /// <summary>The first row of a group's weight that belongs to this pass.</summary>
    public int WeightRow { get; }

    /// <summary>Rows of a group's weight.</summary>
    public int WeightRows { get; }

    /// <summary>Products that follow one another in the source.</summary>
    public int RunLength { get; }

    /// <summary>Rows of places that share a copy of source rows.</summary>
    public int PlacesInBand { get; }

    /// <summary>Runs in one row of the window.</summary>
    public int RunsInRow { get; }

    /// <summary>Whether a run is three neighbouring pixels and places are neighbours too.</summary>
    public bool HasThreeTaps { get; }

    /// <summary>All runs, in the order of the weight.</summary>
    public Run* Runs => (Run*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_runs));

    public int RunCount => _runs.Length;
}
