using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>Checks what callers pass to generated code. Past these, lengths and indices are trusted. Allocates only to throw.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Guard
{
    /// <summary>
    /// As <see cref="Samples(ReadOnlySpan{float}, ReadOnlySpan{float}, NetworkInfo)"/>, with a quick answer for one sample: tables and a division would take as
    /// long as predicting with a small network.
    /// </summary>
    /// <param name="input"><c>[n, InputSize]</c>; n may be 0.</param>
    /// <param name="output"><c>[n, OutputSize]</c>, apart from <paramref name="input"/> in memory.</param>
    /// <param name="inputSize">Floats in one sample, a constant.</param>
    /// <param name="outputSize">Floats in one sample's output, a constant.</param>
    /// <param name="info">The network's tables.</param>
    /// <returns>The number of samples, n.</returns>
    /// <exception cref="ArgumentException">The input is not a whole number of samples, the output does not match it, or they overlap.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Samples(ReadOnlySpan<float> input, ReadOnlySpan<float> output, int inputSize, int outputSize, NetworkInfo info) =>
        input.Length == inputSize && output.Length == outputSize && !input.Overlaps(output) ? 1 : Samples(input, output, info);

    /// <summary>Checks the spans of a prediction.</summary>
    /// <param name="input"><c>[n, InputSize]</c>; n may be 0.</param>
    /// <param name="output"><c>[n, OutputSize]</c>, apart from <paramref name="input"/> in memory.</param>
    /// <param name="info">The network's tables.</param>
    /// <returns>The number of samples, n.</returns>
    /// <exception cref="ArgumentException">The input is not a whole number of samples, the output does not match it, or they overlap.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)] // So that the quick path of one sample stays small enough to be inlined.
    public static int Samples(ReadOnlySpan<float> input, ReadOnlySpan<float> output, NetworkInfo info)
    {
        int samples = WholeSamples(input, info, nameof(input));
        if (output.Length != (long)samples * info.OutputSize)
        {
            Throw(
                nameof(output),
                $"Expected {Times((long)samples * info.OutputSize, "float")} ({Times(samples, "sample")} of {info.OutputShape}, " +
                $"as many as the input holds), got {output.Length}.");
        }
        if (input.Overlaps(output))
        {
            Throw(nameof(output), "Expected an output apart from the input, got spans that overlap. Give the output memory of its own.");
        }
        return samples;
    }

    /// <summary>Checks the ids of a prediction.</summary>
    /// <param name="input"><c>[n, InputSize]</c>.</param>
    /// <param name="samples">Number of samples, n.</param>
    /// <param name="info">The network's tables.</param>
    /// <exception cref="ArgumentException">A number where an id is expected is not whole, or outside of the vocabulary.</exception>
    public static void Ids(ReadOnlySpan<float> input, int samples, NetworkInfo info) => CheckIds(input, samples, info, nameof(input), "");

    /// <summary>Checks the lengths of the sequences of a prediction.</summary>
    /// <param name="lengths"><c>[n]</c>; empty where all sequences are of full length.</param>
    /// <param name="samples">Number of samples, n.</param>
    /// <param name="info">The network's tables.</param>
    /// <exception cref="ArgumentException">There are not as many lengths as samples, or one is out of range.</exception>
    public static void Lengths(ReadOnlySpan<int> lengths, int samples, NetworkInfo info)
    {
        if (!lengths.IsEmpty)
        {
            CheckLengths(lengths, samples, info, nameof(lengths), "Expected");
        }
    }

    /// <summary>Checks one of several inputs that are passed apart, and copies it to its place in a row.</summary>
    /// <param name="ids">One sample of that input.</param>
    /// <param name="size">Ids of that input.</param>
    /// <param name="input">The input's name.</param>
    /// <param name="row">Where it goes.</param>
    /// <exception cref="ArgumentException"><paramref name="ids"/> is of another length.</exception>
    public static void CopyIds(ReadOnlySpan<int> ids, int size, string input, Span<float> row)
    {
        if (ids.Length != size)
        {
            Throw(input, $"Expected {Times(size, "id")}, one sample of {input}, got {ids.Length}.");
        }
        for (int i = 0; i < ids.Length; i++) row[i] = ids[i];
    }

    /// <summary>Checks one of several inputs that are passed apart.</summary>
    /// <param name="part">One sample of that input.</param>
    /// <param name="size">Floats of that input.</param>
    /// <param name="input">The input's name.</param>
    /// <exception cref="ArgumentException"><paramref name="part"/> is of another length.</exception>
    public static void Part(ReadOnlySpan<float> part, int size, string input)
    {
        if (part.Length != size)
        {
            Throw(input, $"Expected {Times(size, "float")}, one sample of {input}, got {part.Length}.");
        }
    }

    /// <summary>Checks the samples of a batch that is given as spans.</summary>
    /// <param name="inputs"><c>[n, InputSize]</c>, n at least 1.</param>
    /// <param name="info">The network's tables.</param>
    /// <returns>The number of samples, n.</returns>
    /// <exception cref="ArgumentException">There are no samples, or not a whole number.</exception>
    public static int TrainingSamples(ReadOnlySpan<float> inputs, NetworkInfo info)
    {
        int count = WholeSamples(inputs, info, nameof(inputs));
        if (count == 0)
        {
            Throw(nameof(inputs), "Expected at least 1 sample, got 0.");
        }
        return count;
    }

    /// <summary>Checks where the predictions of an evaluation go.</summary>
    /// <param name="predictions"><c>[Count, OutputSize]</c>, apart from all of the batch in memory.</param>
    /// <param name="batch">A checked batch.</param>
    /// <param name="info">The network's tables.</param>
    /// <exception cref="ArgumentException">They are of another length, or overlap the batch.</exception>
    public static void Predictions(Span<float> predictions, in Batch batch, NetworkInfo info)
    {
        if (predictions.Length != (long)batch.Count * info.OutputSize)
        {
            Throw(
                nameof(predictions),
                $"Expected {Times((long)batch.Count * info.OutputSize, "float")} ({Times(batch.Count, "sample")} of {info.OutputShape}), " +
                $"got {predictions.Length}.");
        }

        // The batch is read again after they are written.
        if (predictions.Overlaps(batch.Inputs) || predictions.Overlaps(batch.Targets) || predictions.Overlaps(batch.Weights)
            || predictions.Overlaps(MemoryMarshal.Cast<int, float>(batch.Classes))
            || predictions.Overlaps(MemoryMarshal.Cast<int, float>(batch.Lengths)))
        {
            Throw(
                nameof(predictions),
                "Expected predictions apart from the batch, got spans that overlap. Give the predictions memory of their own.");
        }
    }

    /// <summary>Checks the samples that preprocessing is fitted to.</summary>
    /// <param name="samples"><c>[n, InputSize]</c>, n at least 1.</param>
    /// <param name="info">The network's tables.</param>
    /// <returns>The number of samples, n.</returns>
    /// <exception cref="ArgumentException">There are no samples, or not a whole number.</exception>
    public static int FittingSamples(ReadOnlySpan<float> samples, NetworkInfo info)
    {
        int count = WholeSamples(samples, info, nameof(samples));
        if (count == 0)
        {
            Throw(nameof(samples), "Expected at least 1 sample to fit preprocessing to, got 0. Pass the training part of the data.");
        }
        return count;
    }

    /// <summary>Checks a workspace that the caller brings.</summary>
    /// <returns>Its floats, all of them.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="workspace"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="workspace"/> is shorter than <paramref name="needed"/>.</exception>
    public static Span<float> Workspace(Workspace workspace, int needed)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        if (workspace.Length < needed)
        {
            Throw(nameof(workspace), $"Expected a workspace of at least {Times(needed, "float")}, got {workspace.Length}. Create it with new Workspace({needed}).");
        }
        return workspace.Span;
    }

    /// <summary>
    /// Checks a batch against the network that is to train on it. Targets of samples and time steps that do not count are not looked at.
    /// </summary>
    /// <exception cref="ArgumentException">Something in the batch does not fit; the message names it.</exception>
    public static void Batch(in Batch batch, NetworkInfo info)
    {
        if (batch.Count < 1)
        {
            Throw(nameof(batch), $"Batch.Count: expected at least 1 sample, got {batch.Count}.");
        }
        CheckLength("Inputs", batch.Inputs.Length, batch.Count, info.InputSize, "float", "floats", info);
        if (info.HasIds)
        {
            CheckIds(batch.Inputs, batch.Count, info, nameof(batch), "Batch.Inputs: ");
        }
        CheckWeights(batch);
        CheckLengths(batch, info);
        int targets = info.TargetSize;
        if (targets == 0)
        {
            if (!batch.Targets.IsEmpty || !batch.Classes.IsEmpty)
            {
                Throw(
                    nameof(batch),
                    $"Expected neither Batch.Targets nor Batch.Classes, because the loss of {info.Name} is {info.Loss}, which has no target, " +
                    $"got {(batch.Targets.IsEmpty ? "classes" : "targets")}.");
            }
            return;
        }
        if (batch.Targets.IsEmpty == batch.Classes.IsEmpty)
        {
            Throw(nameof(batch), $"Expected either Batch.Targets or Batch.Classes, got {(batch.Targets.IsEmpty ? "neither" : "both")}.");
        }
        if (batch.Classes.IsEmpty)
        {
            CheckLength("Targets", batch.Targets.Length, batch.Count, targets, "float", "floats", info);
        }
        else
        {
            CheckClasses(batch, info);
        }
    }

    /// <summary>Checks that a training step, which reads its inputs where they are, does not change them by updating parameters.</summary>
    /// <param name="batch">A checked batch.</param>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="gradients">The network's gradients.</param>
    /// <exception cref="ArgumentException">The inputs overlap either.</exception>
    public static void InputsApart(in Batch batch, ReadOnlySpan<float> parameters, ReadOnlySpan<float> gradients)
    {
        if (batch.Inputs.Overlaps(parameters) || batch.Inputs.Overlaps(gradients))
        {
            Throw(
                nameof(batch),
                "Batch.Inputs: expected memory apart from the network's parameters and gradients, which a training step changes, got spans that overlap. " +
                "Copy the inputs.");
        }
    }

    /// <summary>A count and what is counted, for messages.</summary>
    internal static string Times(long count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    /// <summary>A number for messages, the same in every culture.</summary>
    internal static string Print(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    [DoesNotReturn]
    internal static void Throw(string parameter, string message) => throw new ArgumentException(message, parameter);

    internal static int WholeSamples(ReadOnlySpan<float> input, NetworkInfo info, string parameter)
    {
        (int samples, int rest) = Math.DivRem(input.Length, info.InputSize);
        if (rest != 0)
        {
            // The shape of one flat input would only say the number again.
            string shapes = info.Inputs is [{ Shape.Rank: 1 }] ? "" : $" ({InputShapes(info)})";
            Throw(parameter, $"Expected {Times(info.InputSize, "float")}{shapes} or a whole number of samples, got {input.Length}.");
        }
        return samples;
    }

    private static void CheckLength(string member, int length, int count, int each, string unit, string units, NetworkInfo info)
    {
        long expected = (long)count * each;
        if (length != expected)
        {
            string shape = member == "Inputs" ? InputShapes(info) : member == "Targets" && info.TargetSize != info.OutputSize ? info.Loss.ToString() : info.OutputShape.ToString();
            Throw(
                "batch",
                $"Batch.{member}: expected {expected} {(expected == 1 ? unit : units)} ({Times(count, "sample")} of {each}, " +
                $"network {info.Name} with {shape}), got {length}.");
        }
    }

    private static void CheckWeights(in Batch batch)
    {
        if (batch.Weights.IsEmpty)
        {
            return;
        }
        if (batch.Weights.Length != batch.Count)
        {
            Throw(nameof(batch), $"Batch.Weights: expected {Times(batch.Count, "float")}, one a sample, got {batch.Weights.Length}.");
        }
        ReadOnlySpan<float> weights = batch.Weights;
        bool anyCounts = false;
        for (int sample = 0; sample < weights.Length; sample++)
        {
            float weight = weights[sample];
            if (!(weight >= 0 && float.IsFinite(weight)))
            {
                Throw(nameof(batch), $"Batch.Weights: expected finite weights of at least 0, got {Print(weight)} for sample {sample}.");
            }
            anyCounts |= weight > 0;
        }
        if (!anyCounts)
        {
            Throw(
                nameof(batch),
                $"Batch.Weights: expected at least one sample with a weight above 0, got 0 for all of samples 0 to {batch.Count - 1}. " +
                "Leave such a batch out.");
        }
    }

    private static void CheckLengths(in Batch batch, NetworkInfo info)
    {
        if (batch.Lengths.IsEmpty)
        {
            return;
        }
        if (info.SequenceLength == 0)
        {
            Throw(
                nameof(batch),
                $"Batch.Lengths: expected none, because no layer of {info.Name} has use for them and its output is {info.OutputShape} and not (time, features); " +
                $"got {batch.Lengths.Length}.");
        }
        CheckLengths(batch.Lengths, batch.Count, info, nameof(batch), "Batch.Lengths: expected");
    }

    private static void CheckLengths(ReadOnlySpan<int> lengths, int samples, NetworkInfo info, string parameter, string expected)
    {
        if (lengths.Length != samples)
        {
            Throw(parameter, $"{expected} {Times(samples, "length")}, one a sample, got {lengths.Length}.");
        }
        // All in range, as nearly always, needs no look at which one is not.
        if (lengths.ContainsAnyExceptInRange(1, info.SequenceLength))
        {
            int sample = lengths.IndexOfAnyExceptInRange(1, info.SequenceLength);
            Throw(parameter, $"{expected} 1 to {info.SequenceLength} time steps, got {lengths[sample]} for sample {sample}.");
        }
    }

    private static void CheckIds(ReadOnlySpan<float> inputs, int samples, NetworkInfo info, string parameter, string prefix)
    {
        int start = 0;
        // By index: the enumerator of an interface is allocated.
        for (int i = 0; i < info.Inputs.Count; i++)
        {
            InputInfo input = info.Inputs[i];
            for (int sample = 0; input.Vocabulary > 0 && sample < samples; sample++)
            {
                ReadOnlySpan<float> ids = inputs.Slice(sample * info.InputSize + start, input.Shape.Count);
                for (int step = 0; step < ids.Length; step++)
                {
                    // A comparison that is false for NaN too.
                    if (!(ids[step] >= 0 && ids[step] < input.Vocabulary && ids[step] == MathF.Floor(ids[step])))
                    {
                        Throw(
                            parameter,
                            $"{prefix}Expected whole numbers from 0 to {input.Vocabulary - 1} in {input.Name}, " +
                            $"got {Print(ids[step])} for sample {sample}, step {step}.");
                    }
                }
            }
            start += input.Shape.Count;
        }
    }

    private static void CheckClasses(in Batch batch, NetworkInfo info)
    {
        bool binary = info.IsBinary;
        int rows = binary ? 1 : info.ClassesPerSample;
        if (info.Outputs.Count > 1)
        {
            Throw(
                nameof(batch),
                $"Expected Batch.Targets, because {info.Name} has {info.Outputs.Count} outputs ({string.Join(", ", info.Outputs.Select(output => output.Name))}), got Batch.Classes. " +
                $"Give each sample a row of {Times(info.TargetSize, "float")}, with 1 at the right class of a classification and 0 at the others.");
        }
        if (rows == 0)
        {
            Throw(
                nameof(batch),
                $"Expected Batch.Targets, because the loss of {info.Name} is {info.Loss} over {info.OutputSize} outputs, got Batch.Classes. " +
                $"Give each sample {Times(info.TargetSize, "float")}.");
        }
        CheckLength("Classes", batch.Classes.Length, batch.Count, rows, "class index", "class indices", info);
        int classes = binary ? 2 : info.OutputSize / rows;
        // All in range, as nearly always, needs no look at which of them count.
        if (batch.Classes.ContainsAnyExceptInRange(0, classes - 1))
        {
            CheckCountedClasses(batch, rows, classes, info);
        }
    }

    private static void CheckCountedClasses(in Batch batch, int rows, int classes, NetworkInfo info)
    {
        for (int sample = 0; sample < batch.Count; sample++)
        {
            if (!batch.Weights.IsEmpty && batch.Weights[sample] == 0)
            {
                continue;
            }
            int counted = batch.Lengths.IsEmpty || rows != info.SequenceLength ? rows : batch.Lengths[sample];
            for (int row = 0; row < counted; row++)
            {
                int value = batch.Classes[sample * rows + row];
                if ((uint)value >= (uint)classes)
                {
                    string where = rows == 1 ? $"sample {sample}" : $"sample {sample}, time step {row}";
                    Throw(nameof(batch), $"Batch.Classes: expected 0 to {classes - 1}, got {value} for {where}.");
                }
            }
        }
    }

    private static string InputShapes(NetworkInfo info) =>
        info.Inputs.Count == 1 ? info.Inputs[0].Shape.ToString() : string.Join(" + ", info.Inputs.Select(input => $"{input.Name} {input.Shape}"));
}
