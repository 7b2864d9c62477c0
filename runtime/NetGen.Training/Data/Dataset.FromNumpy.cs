namespace NetGen.Training;

public sealed partial class Dataset
{
    /// <summary>Samples from NumPy's arrays, of .npy or .npz files. Integers are classes, floating-point numbers are targets.</summary>
    /// <param name="features"><c>[n, ...]</c>, one sample after the other.</param>
    /// <param name="labels"><c>[n]</c> or <c>[n, steps]</c>: the index of each class; or <c>[n]</c>, <c>[n, ...]</c>: what the output should be.</param>
    /// <param name="classNames">One name a class; <c>0</c> up to the largest index by default.</param>
    /// <param name="allowMissing">Whether a feature may be NaN, which stands for one that is not known, for a network with <c>[Impute]</c>; false by default.</param>
    /// <exception cref="DatasetFormatException">The two do not hold as many samples, a number is not finite, or a label is no index of a class.</exception>
    public static Dataset FromArrays(NpyArray features, NpyArray labels, IReadOnlyList<string>? classNames = null, bool allowMissing = false)
    {
        ArgumentNullException.ThrowIfNull(features);
        return FromArrays(features.Path, features.Shape, features.ToSingles(allowMissing), labels, classNames, allowMissing, isMapped: false);
    }

    /// <summary>Samples whose features stay in a mapped file, so that they may be larger than memory. Integers are classes, floating-point numbers are targets.</summary>
    /// <remarks>All numbers are looked at once. Ways to divide a data set that would copy samples are refused; <see cref="SplitByTime"/> and <see cref="TimeFolds"/> give views.</remarks>
    /// <param name="features"><c>[n, ...]</c>, one sample after the other; disposed of after the last use of the data set.</param>
    /// <param name="labels"><c>[n]</c> or <c>[n, steps]</c>: the index of each class; or <c>[n]</c>, <c>[n, ...]</c>: what the output should be.</param>
    /// <param name="classNames">One name a class; <c>0</c> up to the largest index by default.</param>
    /// <param name="allowMissing">Whether a feature may be NaN, which stands for one that is not known, for a network with <c>[Impute]</c>; false by default.</param>
    /// <exception cref="DatasetFormatException">A feature is not finite, the two do not hold as many samples, or a label is no index of a class.</exception>
    public static Dataset FromArrays(MappedArray features, NpyArray labels, IReadOnlyList<string>? classNames = null, bool allowMissing = false)
    {
        ArgumentNullException.ThrowIfNull(features);
        return FromArrays(features.Path, features.Shape, features.Elements, labels, classNames, allowMissing, isMapped: true);
    }

    /// <summary>
    /// Samples from a folder that has a folder for each class, and in that an .npy file for each sample: <c>images/cat/0001.npy</c>. Classes and
    /// samples come in ordinal order of their names.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="allowMissing">Whether a feature may be NaN, which stands for one that is not known, for a network with <c>[Impute]</c>; false by default.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder, or one in it, may not be read.</exception>
    /// <exception cref="DatasetFormatException">
    /// There are no classes or no samples, a file is none that <see cref="NpyArray.Read(string)"/> reads, or samples have different shapes.
    /// </exception>
    public static Dataset FromFolder(string path, bool allowMissing = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Directory.Exists(path))
        {
            throw new DirectoryNotFoundException($"There is no folder {path} (looked for {Path.GetFullPath(path)}).");
        }
        string[] folders = [.. Directory.GetDirectories(path).Order(StringComparer.Ordinal)];
        if (folders.Length == 0)
        {
            throw NpyHeader.Bad(path, "expected a folder for each class, found none.");
        }
        List<float> features = [];
        List<int> classes = [];
        NpyArray? first = null;
        for (int index = 0; index < folders.Length; index++)
        {
            string[] files = [.. Directory.GetFiles(folders[index], "*.npy").Order(StringComparer.Ordinal)];
            if (files.Length == 0)
            {
                throw NpyHeader.Bad(folders[index], "expected an .npy file for each sample of this class, found none.");
            }
            foreach (string file in files)
            {
                NpyArray sample = NpyArray.Read(file);
                first ??= sample;
                if (sample.Shape != first.Shape)
                {
                    throw NpyHeader.Bad(file, $"expected a sample of {first.Shape} elements, as in {first.Path}, found {sample.Shape}.");
                }
                features.AddRange(sample.ToSingles(allowMissing));
                classes.Add(index);
            }
        }
        return FromArrays([.. features], first!.Shape.Count, [.. classes], [.. folders.Select(Path.GetFileName)!], allowMissing: allowMissing);
    }

    private static Dataset FromArrays(
        string path, Shape shape, ReadOnlyMemory<float> features, NpyArray labels, IReadOnlyList<string>? classNames, bool allowMissing, bool isMapped)
    {
        ArgumentNullException.ThrowIfNull(labels);
        int count = shape[0];
        if (labels.Shape[0] != count)
        {
            throw NpyHeader.Bad(labels.Path, $"expected {count} labels, one for each sample of {path}, found {labels.Shape[0]}.");
        }
        int featureCount = shape.Count / count;
        int labelCount = labels.Shape.Count / count;
        return labels.HoldsIntegers
            ? OfClasses(features, featureCount, CheckLabels(labels.Path, labels.ToIntegers(), classNames), classNames, null, null, labelCount, null, allowMissing, isMapped ? path : null)
            : OfTargets(features, featureCount, labels.ToSingles(), labelCount, null, null, null, null, allowMissing, isMapped ? path : null);
    }
}
