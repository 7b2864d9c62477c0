using System.ComponentModel;
using System.Diagnostics;

namespace NetGen.CompilerServices;

/// <summary>Turns the weights and lengths of a batch's samples into one weight for each row of predictions.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowWeights
{
    /// <summary>
    /// Each row gets its sample's weight, 1 where none are given, divided by the sum over all rows, so that the mean loss is a plain sum of weighted losses;
    /// time steps at or beyond the sample's length get 0.
    /// </summary>
    /// <param name="batch">A checked batch.</param>
    /// <param name="weights"><c>[Count * rowsPerSample]</c>.</param>
    /// <param name="rowsPerSample">Time steps of the output; 1 where it has none.</param>
    /// <param name="scale">What the weights sum to: how much the output counts among several.</param>
    /// <param name="isSequence">Whether the rows are the time steps that lengths count.</param>
    /// <param name="classWeights">
    /// How much each class counts, where the targets carry that as factors: of rows with class indices, the sum that is divided by has these factors too. Empty for none.
    /// </param>
    public static void Expand(in Batch batch, Span<float> weights, int rowsPerSample, float scale = 1, bool isSequence = true, ReadOnlySpan<float> classWeights = default)
    {
        Debug.Assert(weights.Length == batch.Count * rowsPerSample);
        int count = batch.Count;
        ReadOnlySpan<float> sampleWeights = batch.Weights;
        ReadOnlySpan<int> lengths = isSequence ? batch.Lengths : [];
        ReadOnlySpan<int> classes = classWeights.IsEmpty ? [] : batch.Classes;
        if (sampleWeights.IsEmpty && lengths.IsEmpty && classes.IsEmpty)
        {
            weights.Fill((float)(scale / (double)weights.Length));
            return;
        }
        double total = 0;
        for (int sample = 0; sample < count; sample++)
        {
            int length = lengths.IsEmpty ? rowsPerSample : lengths[sample];
            float weight = sampleWeights.IsEmpty ? 1 : sampleWeights[sample];
            total += weight == 0 ? 0 : weight * (classes.IsEmpty ? length : SumOf(classWeights, classes.Slice(sample * rowsPerSample, length)));
        }
        Debug.Assert(total > 0);
        for (int sample = 0; sample < count; sample++)
        {
            int length = lengths.IsEmpty ? rowsPerSample : lengths[sample];
            Span<float> rows = weights.Slice(sample * rowsPerSample, rowsPerSample);
            rows[..length].Fill((float)(scale * (double)(sampleWeights.IsEmpty ? 1 : sampleWeights[sample]) / total));
            rows[length..].Clear();
        }
    }

    private static double SumOf(ReadOnlySpan<float> classWeights, ReadOnlySpan<int> classes)
    {
        double sum = 0;
        foreach (int index in classes)
        {
            sum += classWeights[index];
        }
        return sum;
    }
}
