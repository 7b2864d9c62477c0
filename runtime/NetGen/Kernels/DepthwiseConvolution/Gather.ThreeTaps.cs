using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <content>
/// Rows of three neighbouring taps at stride 1 or 2 of which at most one lies outside at either end: a whole row is tiles of up to eight results, whose
/// ends are constants of the tile.
/// </content>
internal readonly unsafe partial struct Gather
{
    /// <summary>Whether rows are of that kind; then the operands step from one source pixel to the next.</summary>
    private bool HasThreeTaps<V>(ref GatherOperands o, int tapSize, out int firstSource, out int firstTap, out bool left, out bool right)
    {
        (firstSource, firstTap, left, right) = (0, 0, false, false);
        // Three weights, eight sums and a pixel need the registers of AVX-512; four sums those of AVX2.
        if (typeof(V) != typeof(Vector512x1) && typeof(V) != typeof(Vector256x2)) return false;
        if (kernelWidth != 3 || width.Period != 1 || width.Advance > 2 || Math.Abs(width.SourceStep) != 1 || width.Results == 0) return false;
        // Taps go backwards where they would read pixels from right to left.
        firstTap = width.SourceStep > 0 ? 0 : 2;
        firstSource = width.SourceOf(firstTap);
        int last = firstSource + ((width.Results - 1) * width.Advance) + 2;
        if (firstSource < -1 || last > width.Sources) return false;
        left = firstSource < 0;
        right = last == width.Sources;
        o.XColumn = channels;
        o.WColumn = width.SourceStep * (nint)tapSize;
        o.Columns = 3;
        return true;
    }

    /// <summary>A row of results, in tiles that differ by one result at most.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ThreeTapRow<V, TEpilogue>(ref GatherOperands o, bool left, bool right, TEpilogue epilogue) where V : struct, IVector16<V> where TEpilogue : struct, IGatherEpilogue
    {
        int most = MostResults<V>(), tiles = (width.Results + most - 1) / most;
        int low = width.Results / tiles, higher = width.Results - (low * tiles);
        for (int tile = 0; tile < tiles; tile++)
        {
            int results = tile < higher ? low + 1 : low;
            bool noFirst = left && tile == 0, noLast = right && tile == tiles - 1;
            if (noFirst && noLast) ThreeTapGather<V, BothEdges, TEpilogue>(ref o, results, epilogue);
            else if (noFirst) ThreeTapGather<V, LeftEdge, TEpilogue>(ref o, results, epilogue);
            else if (noLast) ThreeTapGather<V, RightEdge, TEpilogue>(ref o, results, epilogue);
            else ThreeTapGather<V, NoEdge, TEpilogue>(ref o, results, epilogue);
            o.Advance(results);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void ThreeTapGather<V, TEdges, TEpilogue>(ref GatherOperands o, int results, TEpilogue epilogue)
        where V : struct, IVector16<V> where TEdges : struct, IEdges where TEpilogue : struct, IGatherEpilogue
    {
        if (channels < 16)
        {
            o.Blocks = 1;
            o.Lanes = channels;
            if (o.CanOverread(results)) ThreeTapBlock<V, Overread, TEdges, TEpilogue>(ref o, results, epilogue);
            else ThreeTapBlock<V, Masked, TEdges, TEpilogue>(ref o, results, epilogue);
            return;
        }
        o.Blocks = channels / 16;
        o.Lanes = 16;
        ThreeTapBlock<V, Whole, TEdges, TEpilogue>(ref o, results, epilogue);
        if (channels % 16 == 0) return;
        o.Blocks = 1;
        o.Skip(channels - 16);
        ThreeTapBlock<V, Whole, TEdges, TEpilogue>(ref o, results, epilogue);
        o.Skip(16 - channels);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ThreeTapBlock<V, TEnd, TEdges, TEpilogue>(ref GatherOperands o, int results, TEpilogue epilogue)
        where V : struct, IVector16<V> where TEnd : struct, IRowEnd where TEdges : struct, IEdges where TEpilogue : struct, IGatherEpilogue
    {
        if (width.Advance == 1)
        {
            switch (results)
            {
                case 1: ThreeTapGather<V, TEnd, Rows1, TEdges, TEpilogue>.Run(ref o, epilogue); break;
                case 2: ThreeTapGather<V, TEnd, Rows2, TEdges, TEpilogue>.Run(ref o, epilogue); break;
                case 3: ThreeTapGather<V, TEnd, Rows3, TEdges, TEpilogue>.Run(ref o, epilogue); break;
                case 4: ThreeTapGather<V, TEnd, Rows4, TEdges, TEpilogue>.Run(ref o, epilogue); break;
                case 5: ThreeTapGather<V, TEnd, Rows5, TEdges, TEpilogue>.Run(ref o, epilogue); break;
                case 6: ThreeTapGather<V, TEnd, Rows6, TEdges, TEpilogue>.Run(ref o, epilogue); break;
                case 7: ThreeTapGather<V, TEnd, Rows7, TEdges, TEpilogue>.Run(ref o, epilogue); break;
                default: ThreeTapGather<V, TEnd, Rows8, TEdges, TEpilogue>.Run(ref o, epilogue); break;
            }
            return;
        }
        switch (results)
        {
            case 1: ThreeTapStrideGather<V, TEnd, Rows1, TEdges, TEpilogue>.Run(ref o, epilogue); break;
            case 2: ThreeTapStrideGather<V, TEnd, Rows2, TEdges, TEpilogue>.Run(ref o, epilogue); break;
            case 3: ThreeTapStrideGather<V, TEnd, Rows3, TEdges, TEpilogue>.Run(ref o, epilogue); break;
            case 4: ThreeTapStrideGather<V, TEnd, Rows4, TEdges, TEpilogue>.Run(ref o, epilogue); break;
            case 5: ThreeTapStrideGather<V, TEnd, Rows5, TEdges, TEpilogue>.Run(ref o, epilogue); break;
            case 6: ThreeTapStrideGather<V, TEnd, Rows6, TEdges, TEpilogue>.Run(ref o, epilogue); break;
            case 7: ThreeTapStrideGather<V, TEnd, Rows7, TEdges, TEpilogue>.Run(ref o, epilogue); break;
            default: ThreeTapStrideGather<V, TEnd, Rows8, TEdges, TEpilogue>.Run(ref o, epilogue); break;
        }
    }
}
