namespace NetGen.CompilerServices;

/// <summary>Fetches what the next sample needs, a part of it with each block of queries: rows of one head are too short and too far apart for the hardware to foresee.</summary>
internal unsafe struct NextSample
{
    private readonly int _sample;
    private readonly int _parts;
    private int _part;

    /// <param name="shape">The layer.</param>
    /// <param name="sample">The sample that is computed meanwhile.</param>
    /// <param name="samples">Samples of the call.</param>
    /// <param name="queries">Queries of the sample.</param>
    public NextSample(AttentionShape shape, int sample, int samples, int queries)
    {
        _sample = sample + 1;
        _parts = sample + 1 < samples ? shape.Heads * ((queries + shape.BlockQueries - 1) / shape.BlockQueries) : 0;
    }

    /// <summary>Fetches a part of the next sample's floats in a tensor; null is absent.</summary>
    public readonly void Fetch(float* tensor, nint floatsOfSample)
    {
        if (_part < _parts && tensor != null) Ahead.Fetch(tensor + (_sample * floatsOfSample), floatsOfSample, _part, _parts);
    }

    public void Advance() => _part++;
}
