namespace NetGen.Training;

public sealed partial class Dataset
{
    // A label decides how many names there are: a damaged file of 32-bit labels would ask for billions.
    private const int MostUnnamedClasses = 65_536;

    /// <summary>
    /// Reads samples with classes from two IDX files, such as those of MNIST and Fashion-MNIST; see <see cref="IdxFile"/>. Numbers stay as they are
    /// in the file, 0 to 255 for pixels of a byte: scale them in the network, by <c>[Rescale(1f / 255)]</c> or <c>[Standardize]</c>.
    /// </summary>
    /// <param name="images"><c>[n, ...]</c>, one sample after the other; plain or compressed with gzip.</param>
    /// <param name="labels"><c>[n]</c>: the index of each sample's class; plain or compressed with gzip.</param>
    /// <param name="classNames">One name a class; <c>0</c> up to the largest index by default.</param>
    /// <exception cref="FileNotFoundException">A file does not exist.</exception>
    /// <exception cref="DatasetFormatException">
    /// A file is not IDX or is damaged, the two do not hold as many samples, or a label is no index of a class.
    /// </exception>
    public static Dataset FromIdx(string images, string labels, IReadOnlyList<string>? classNames = null)
    {
        IdxFile imageFile = IdxFile.Read(images);
        IdxFile labelFile = IdxFile.Read(labels);
        if (imageFile.Shape.Rank < 2)
        {
            throw IdxFile.Bad(images, $"expected images, two axes or more, found {imageFile.Shape}. Are labels and images swapped?");
        }
        if (labelFile.Shape.Rank != 1)
        {
            throw IdxFile.Bad(labels, $"expected labels, one axis, found {labelFile.Shape}. Are labels and images swapped?");
        }
        int count = imageFile.Shape[0];
        if (labelFile.Shape[0] != count)
        {
            throw IdxFile.Bad(labels, $"expected {count} labels, one for each sample of {images}, found {labelFile.Shape[0]}.");
        }
        int[] classes = CheckLabels(labels, labelFile.ToIntegers(), classNames);
        return FromArrays(imageFile.ToSingles(), imageFile.Shape.Count / count, classes, classNames);
    }

    /// <summary>The labels of a file, each of which is the index of a class.</summary>
    /// <exception cref="DatasetFormatException">One is not.</exception>
    private static int[] CheckLabels(string path, int[] labels, IReadOnlyList<string>? classNames)
    {
        int most = classNames?.Count ?? MostUnnamedClasses;
        int wrong = Array.FindIndex(labels, label => (uint)label >= (uint)most);
        return wrong < 0 ? labels : throw IdxFile.Bad(path, $"label {wrong} is {labels[wrong]}; expected 0 to {most - 1}"
            + (classNames is null ? ", or names of the classes where there are more." : $", because there are {most} class names."));
    }
}
