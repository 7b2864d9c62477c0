namespace NetGen.CompilerServices;

/// <summary>
/// One axis of a <see cref="Pass"/>: tap t of place p reads source pixel <c>p * SourceStep + SourceStart + t * TapStep</c> for result pixel <c>ResultStart + p *
/// ResultStep</c>.
/// </summary>
/// <param name="Places">Pixels of the result that a pass gives.</param>
/// <param name="Source">Pixels of the source.</param>
/// <param name="SourceStart">The source pixel of the first tap of the first place; it may lie outside.</param>
/// <param name="SourceStep">Source pixels from place to place.</param>
/// <param name="Taps">Products along this axis.</param>
/// <param name="TapStep">Source pixels from tap to tap.</param>
/// <param name="Result">Pixels of the result, those of other passes included.</param>
/// <param name="ResultStart">The first pixel of the result.</param>
/// <param name="ResultStep">Pixels of the result from place to place.</param>
/// <param name="Tap">The convolution's tap that is the first one here.</param>
/// <param name="NextTap">From a tap here to the next, in taps of the convolution.</param>
internal readonly record struct PassAxis(
    int Places, int Source, int SourceStart, int SourceStep, int Taps, int TapStep, int Result, int ResultStart, int ResultStep, int Tap, int NextTap)
{
    /// <summary>The source pixel of the last tap of the last place; it may lie outside.</summary>
    public int LastSource => (Places - 1) * SourceStep + SourceStart + (Taps - 1) * TapStep;

    /// <summary>Source pixels from the first tap of a place to the last tap of the place <paramref name="places"/> - 1 behind it.</summary>
    public int SourcesOf(int places) => (places - 1) * SourceStep + Math.Max(Taps - 1, 0) * TapStep + 1;

    /// <summary>The convolution's tap that tap <paramref name="t"/> is.</summary>
    public int TapAt(int t) => Tap + t * NextTap;

    /// <summary>The source pixel of a place's first tap; it may lie outside.</summary>
    public int Start(int place) => place * SourceStep + SourceStart;

    /// <summary>The first tap of a place that lies inside the source.</summary>
    public int FirstTap(int place)
    {
        int start = Start(place);
        return start >= 0 || Taps == 0 ? 0 : TapStep == 0 ? Taps : Math.Min(Taps, (-start + TapStep - 1) / TapStep);
    }

    /// <summary>One past the last tap of a place that lies inside the source.</summary>
    public int EndTap(int place)
    {
        int left = Source - Start(place);
        return left <= 0 ? 0 : TapStep == 0 ? Taps : Math.Min(Taps, (left + TapStep - 1) / TapStep);
    }
}
