using System.Globalization;

namespace NetGen.Training;

public sealed partial class Dataset
{
    /// <summary>Samples with classes. The arrays are kept, not copied: leave them unchanged afterwards.</summary>
    /// <param name="features"><c>[n, featureCount]</c>, one row a sample; all finite.</param>
    /// <param name="featureCount">Floats in one sample.</param>
    /// <param name="classes"><c>[n, classesPerSample]</c>: the index of each class.</param>
    /// <param name="classNames">One name a class; <c>0</c> up to the largest index by default.</param>
    /// <param name="weights"><c>[n]</c>: how much each sample counts in the loss, above 0; all count 1 by default.</param>
    /// <param name="featureNames">One name a feature; <c>feature0</c> and so on by default.</param>
    /// <param name="classesPerSample">Classes of one sample: 1, or one a time step for sequences.</param>
    /// <param name="lengths"><c>[n]</c>: how many time steps of each sequence are real, at least 1; all are by default.</param>
    /// <param name="allowMissing">Whether a feature may be NaN, which stands for one that is not known, for a network with <c>[Impute]</c>; false by default.</param>
    /// <exception cref="ArgumentException">Lengths do not match, a feature, weight or length is out of range, or a class has no name.</exception>
    public static Dataset FromArrays(
        float[] features, int featureCount, int[] classes,
        IReadOnlyList<string>? classNames = null, float[]? weights = null, IReadOnlyList<string>? featureNames = null,
        int classesPerSample = 1, int[]? lengths = null, bool allowMissing = false)
    {
        ArgumentNullException.ThrowIfNull(features);
        return OfClasses(features, featureCount, classes, classNames, weights, featureNames, classesPerSample, lengths, allowMissing, mappedFile: null);
    }

    /// <summary>Samples with targets. The arrays are kept, not copied: leave them unchanged afterwards.</summary>
    /// <param name="features"><c>[n, featureCount]</c>, one row a sample; all finite.</param>
    /// <param name="featureCount">Floats in one sample.</param>
    /// <param name="targets"><c>[n, targetCount]</c>: what the output should be; all finite.</param>
    /// <param name="targetCount">Floats in one target; 0 for a network whose loss takes none, such as <see cref="LossKind.Triplet"/>.</param>
    /// <param name="weights"><c>[n]</c>: how much each sample counts in the loss, above 0; all count 1 by default.</param>
    /// <param name="featureNames">One name a feature; <c>feature0</c> and so on by default.</param>
    /// <param name="targetNames">One name a target; <c>target0</c> and so on by default.</param>
    /// <param name="lengths"><c>[n]</c>: how many time steps of each sequence are real, at least 1; all are by default.</param>
    /// <param name="allowMissing">Whether a feature may be NaN, which stands for one that is not known, for a network with <c>[Impute]</c>; false by default.</param>
    /// <exception cref="ArgumentException">Lengths do not match, or a feature, target, weight or length is out of range.</exception>
    public static Dataset FromArrays(
        float[] features, int featureCount, float[] targets, int targetCount,
        float[]? weights = null, IReadOnlyList<string>? featureNames = null, IReadOnlyList<string>? targetNames = null, int[]? lengths = null,
        bool allowMissing = false)
    {
        ArgumentNullException.ThrowIfNull(features);
        return OfTargets(features, featureCount, targets, targetCount, weights, featureNames, targetNames, lengths, allowMissing, mappedFile: null);
    }

    private static Dataset OfClasses(
        ReadOnlyMemory<float> features, int featureCount, int[] classes, IReadOnlyList<string>? classNames, float[]? weights, IReadOnlyList<string>? featureNames,
        int classesPerSample, int[]? lengths, bool allowMissing, string? mappedFile)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentOutOfRangeException.ThrowIfLessThan(classesPerSample, 1);
        int count = CountSamples(features.Span, featureCount, allowMissing, mappedFile);
        CheckLength(
            classes.Length, (long)count * classesPerSample,
            classesPerSample == 1 ? "class indices, one a sample" : $"class indices, {classesPerSample} a sample", nameof(classes));
        classNames = classNames is null ? Numbered("", classes.Length == 0 ? 0 : Math.Max(0, classes.Max()) + 1) : [.. classNames];
        for (int i = 0; i < classes.Length; i++)
        {
            if ((uint)classes[i] >= (uint)classNames.Count)
            {
                string where = classesPerSample == 1 ? $"Sample {i}" : $"Sample {i / classesPerSample}, step {i % classesPerSample}";
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"{where} has class {classes[i]}; expected 0 to {classNames.Count - 1}, because there are {classNames.Count} class names."),
                    nameof(classes));
            }
        }
        if (classNames.Count == 0)
        {
            throw new ArgumentException("There are no classes; name at least one.", nameof(classNames));
        }
        return new Dataset(
            count, features, classes, classesPerSample, [], CheckWeights(weights, count), CheckLengths(lengths, count),
            new DatasetNames(NamesOr("feature", featureNames, featureCount), classNames, []), isMapped: mappedFile is not null)
        {
            _hasMissing = allowMissing ? null : false,
        };
    }

    private static Dataset OfTargets(
        ReadOnlyMemory<float> features, int featureCount, float[] targets, int targetCount, float[]? weights, IReadOnlyList<string>? featureNames, IReadOnlyList<string>? targetNames,
        int[]? lengths, bool allowMissing, string? mappedFile)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfNegative(targetCount);
        int count = CountSamples(features.Span, featureCount, allowMissing, mappedFile);
        CheckLength(targets.Length, (long)count * targetCount, $"targets, {targetCount} a sample", nameof(targets));
        CheckFinite(targets, targetCount, "target", nameof(targets));
        return new Dataset(
            count, features, [], 0, targets, CheckWeights(weights, count), CheckLengths(lengths, count),
            new DatasetNames(NamesOr("feature", featureNames, featureCount), [], NamesOr("target", targetNames, targetCount)), isMapped: mappedFile is not null)
        {
            _hasMissing = allowMissing ? null : false,
        };
    }

    private static int CountSamples(ReadOnlySpan<float> features, int featureCount, bool allowMissing, string? file)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        if (features.Length % featureCount != 0)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"Expected a whole number of samples of {featureCount} features each, got {features.Length} floats."), nameof(features));
        }
        CheckFinite(features, featureCount, "feature", nameof(features), allowMissing, file);
        return features.Length / featureCount;
    }

    private static float[] CheckWeights(float[]? weights, int count)
    {
        if (weights is null)
        {
            return [];
        }
        CheckLength(weights.Length, count, "weights, one a sample", nameof(weights));
        for (int i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] > 0 && float.IsFinite(weights[i])))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"Sample {i} has weight {weights[i]}; expected a finite number above 0. Leave out samples that should not count."),
                    nameof(weights));
            }
        }
        return weights;
    }

    private static int[] CheckLengths(int[]? lengths, int count)
    {
        if (lengths is null)
        {
            return [];
        }
        CheckLength(lengths.Length, count, "lengths, one a sample", nameof(lengths));
        int sample = lengths.AsSpan().IndexOfAnyExceptInRange(1, int.MaxValue);
        return sample < 0 ? lengths : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
            $"Sample {sample} has a length of {lengths[sample]} time steps; expected at least 1. Leave out empty sequences."), nameof(lengths));
    }

    private static void CheckFinite(ReadOnlySpan<float> values, int width, string what, string argument, bool allowMissing = false, string? file = null)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]) && !(allowMissing && float.IsNaN(values[i])))
            {
                string place = string.Create(CultureInfo.InvariantCulture, $"ample {i / width}, {what} {i % width} is {values[i]}; expected a finite number.");
                throw file is null ? new ArgumentException($"S{place}", argument) : NpyHeader.Bad(file, $"s{place}");
            }
        }
    }

    private static void CheckLength(int length, long expected, string what, string argument)
    {
        if (length != expected)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Expected {expected} {what}, got {length}."), argument);
        }
    }

    private static string[] NamesOr(string prefix, IReadOnlyList<string>? names, int count)
    {
        if (names is null)
        {
            return Numbered(prefix, count);
        }
        CheckLength(names.Count, count, $"{prefix} names", $"{prefix}Names");
        return [.. names];
    }

    internal static string[] Numbered(string prefix, int count) =>
        [.. Enumerable.Range(0, count).Select(i => prefix + i.ToString(CultureInfo.InvariantCulture))];
}
