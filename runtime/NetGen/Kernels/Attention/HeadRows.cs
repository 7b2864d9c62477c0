namespace NetGen.CompilerServices;

/// <summary>Where the queries, keys and values of one head of one sample lie, or their gradients.</summary>
internal unsafe readonly struct HeadRows
{
    /// <param name="queries">All queries of the call.</param>
    /// <param name="memory">All keys and values of the call; null where they lie with the queries.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="sample">Of the call.</param>
    /// <param name="head">The head.</param>
    public HeadRows(float* queries, float* memory, AttentionShape shape, int sample, int head)
    {
        QueryStep = shape.QueryStep;
        KeyStep = shape.KeyStep;
        float* keys = (shape.IsSelf ? queries : memory) + (sample * shape.KeyTime * KeyStep) + (head * shape.HeadSize);
        Queries = queries + (sample * shape.QueryTime * QueryStep) + (head * shape.HeadSize);
        Keys = keys + shape.KeyOffset;
        Values = keys + shape.ValueOffset;
    }

    public float* Queries { get; }

    public float* Keys { get; }

    public float* Values { get; }

    public nint QueryStep { get; }

    /// <summary>From one key to the next, and from one value to the next.</summary>
    public nint KeyStep { get; }
}
