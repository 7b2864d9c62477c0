using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>Copies a batch's targets into the arena, where Backward finds them after the caller's memory has changed.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TargetCopy
{
    /// <summary>Copies <see cref="Batch.Targets"/>, or the bits of each of <see cref="Batch.Classes"/> to the first float of its row of <paramref name="width"/>.</summary>
    public static void Into(in Batch batch, Span<float> destination, int width)
    {
        Debug.Assert(batch.Targets.IsEmpty || batch.Classes.IsEmpty);
        batch.Targets.CopyTo(destination);
        ReadOnlySpan<int> classes = batch.Classes;
        Span<int> bits = MemoryMarshal.Cast<float, int>(destination);
        for (int row = 0, start = 0; row < classes.Length; row++, start += width)
        {
            bits[start] = classes[row];
        }
    }

    /// <summary>Copies one output's part of each row of <see cref="Batch.Targets"/>.</summary>
    /// <param name="batch">A checked batch with targets.</param>
    /// <param name="destination"><c>[Count, width]</c>.</param>
    /// <param name="start">Where the part starts in a row.</param>
    /// <param name="width">Floats of the part.</param>
    /// <param name="rowWidth">Floats of a row.</param>
    public static void Part(in Batch batch, Span<float> destination, int start, int width, int rowWidth) =>
        Strided.Copy(batch.Targets[start..], rowWidth, destination, width, batch.Count, width);

    /// <summary>
    /// Copies <see cref="Batch.Targets"/>, or <see cref="Batch.Classes"/> converted to floats: what a sigmoid's loss takes, whose classes are 0 and
    /// 1.
    /// </summary>
    public static void AsFloats(in Batch batch, Span<float> destination)
    {
        Debug.Assert(batch.Targets.IsEmpty || batch.Classes.IsEmpty);
        batch.Targets.CopyTo(destination);
        ReadOnlySpan<int> classes = batch.Classes;
        for (int i = 0; i < classes.Length; i++)
        {
            destination[i] = classes[i];
        }
    }

    /// <summary>Copies <see cref="Batch.Targets"/>, or rows of zeros with 1 at each of <see cref="Batch.Classes"/>.</summary>
    /// <param name="batch">A checked batch.</param>
    /// <param name="destination"><c>[rows, width]</c>.</param>
    /// <param name="width">Number of classes.</param>
    public static void OneHot(in Batch batch, Span<float> destination, int width)
    {
        batch.Targets.CopyTo(destination);
        ReadOnlySpan<int> classes = batch.Classes;
        if (!classes.IsEmpty)
        {
            destination.Clear();
        }
        for (int row = 0; row < classes.Length; row++)
        {
            // A row that counts nothing may hold any class.
            if ((uint)classes[row] < (uint)width)
            {
                destination[(row * width) + classes[row]] = 1;
            }
        }
    }

    /// <summary>Spreads rows of probabilities over all classes and weighs the classes: <c>t_j = w_j ((1 - smoothing) t_j + smoothing / width)</c>.</summary>
    /// <param name="targets"><c>[rows, width]</c>, changed in place.</param>
    /// <param name="width">Number of classes.</param>
    /// <param name="smoothing">At least 0 and below 1.</param>
    /// <param name="classWeights"><c>[width]</c>; empty where all are 1.</param>
    public static void Weigh(Span<float> targets, int width, float smoothing, ReadOnlySpan<float> classWeights)
    {
        Debug.Assert(targets.Length % width == 0 && (classWeights.IsEmpty || classWeights.Length == width));
        if (smoothing != 0)
        {
            Elementwise.Affine(targets, targets, 1 - smoothing, smoothing / width);
        }
        for (int start = 0; start < targets.Length && !classWeights.IsEmpty; start += width)
        {
            Span<float> row = targets.Slice(start, width);
            Elementwise.Multiply(row, classWeights, row);
        }
    }
}
