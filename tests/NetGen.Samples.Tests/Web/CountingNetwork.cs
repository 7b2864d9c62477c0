namespace NetGen.Samples.Tests.Web;

/// <summary>The network of the sample, with a count of what its predictions allocate. A thread's first one, which makes the thread's workspace, counts apart.</summary>
public sealed class CountingNetwork(IPredictor network) : IPredictor
{
    [ThreadStatic]
    private static bool _hasPredicted;

    private long _predictions, _bytes;

    /// <summary>Predictions so far, the first ones of threads left out.</summary>
    public long Predictions => Volatile.Read(ref _predictions);

    /// <summary>What those have allocated.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    public NetworkInfo Info => network.Info;

    public int WorkspaceSize => network.WorkspaceSize;

    public void Predict(ReadOnlySpan<float> input, Span<float> output)
    {
        bool isFirst = !_hasPredicted;
        _hasPredicted = true;
        long before = GC.GetAllocatedBytesForCurrentThread();
        network.Predict(input, output);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        if (isFirst) return;
        Interlocked.Increment(ref _predictions);
        Interlocked.Add(ref _bytes, bytes);
    }

    public void Predict(ReadOnlySpan<float> input, Span<float> output, Workspace workspace) => network.Predict(input, output, workspace);

    public void PredictLogits(ReadOnlySpan<float> input, Span<float> output) => network.PredictLogits(input, output);

    public void PredictLogits(ReadOnlySpan<float> input, Span<float> output, Workspace workspace) => network.PredictLogits(input, output, workspace);
}
