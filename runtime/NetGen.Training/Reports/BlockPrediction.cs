namespace NetGen.Training;

/// <summary>Predicts a whole data set with a buffer for one block of it.</summary>
internal static class BlockPrediction
{
    private const int BlockSize = 256;

    /// <summary>Calls <paramref name="visit"/> with each sample's index and output, <c>[OutputSize]</c>, in order.</summary>
    public static void Run(IPredictor network, Dataset data, Action<int, ReadOnlySpan<float>> visit)
    {
        int outputSize = network.Info.OutputSize;
        float[] outputs = new float[Math.Min(BlockSize, data.Count) * outputSize];
        for (int start = 0; start < data.Count; start += BlockSize)
        {
            Batch block = data.Slice(start, Math.Min(BlockSize, data.Count - start));
            network.Predict(block.Inputs, outputs.AsSpan(0, block.Count * outputSize));
            for (int i = 0; i < block.Count; i++)
            {
                visit(start + i, outputs.AsSpan(i * outputSize, outputSize));
            }
        }
    }
}
