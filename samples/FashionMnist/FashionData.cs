using NetGen.Training;

/// <summary>Fashion-MNIST: 60,000 images to learn from and 10,000 to test with.</summary>
internal static class FashionData
{
    /// <summary>Where Debian's package dataset-fashion-mnist puts the files.</summary>
    public const string DefaultFolder = "/usr/share/datasets/fashion-mnist";

    private static readonly string[] ClassNames =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <exception cref="FileNotFoundException">A file is not there; the message says how to get it.</exception>
    /// <exception cref="DatasetFormatException">A file is damaged.</exception>
    public static (Dataset Train, Dataset Test) Read(string folder) => (Read(folder, "train"), Read(folder, "t10k"));

    private static Dataset Read(string folder, string part) =>
        Dataset.FromIdx(Find(folder, $"{part}-images-idx3-ubyte"), Find(folder, $"{part}-labels-idx1-ubyte"), ClassNames);

    private static string Find(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        string compressed = path + ".gz";
        return File.Exists(path) ? path : File.Exists(compressed) ? compressed : throw new FileNotFoundException(
            $"There is no file {path}, with or without .gz. Get Fashion-MNIST by 'apt install dataset-fashion-mnist' (Debian, Ubuntu), "
            + "or take the four files from github.com/zalandoresearch/fashion-mnist (data/fashion) and pass --data with their folder.");
    }
}
