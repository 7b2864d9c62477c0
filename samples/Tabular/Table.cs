using NetGen;
using NetGen.Training;

/// <summary>What is learned: a data set, and the networks that a search chooses from.</summary>
/// <param name="Name">Of the file.</param>
/// <param name="Data">All rows.</param>
/// <param name="Networks">Create a network with a seed.</param>
internal sealed record Table(string Name, Dataset Data, IReadOnlyList<(string Name, Func<long, ITrainable> Create)> Networks)
{
    public const int Folds = 5;

    public static Table[] ReadAll(string folder) =>
    [
        new("wine", Dataset.FromCsv(Path.Combine(folder, "wine.csv"), label: "cultivar"),
            [("narrow", seed => new NarrowWineNet(seed)), ("wide", seed => new WideWineNet(seed))]),
        new("breast_cancer", Dataset.FromCsv(Path.Combine(folder, "breast_cancer.csv"), label: "diagnosis"),
            [("narrow", seed => new NarrowCancerNet(seed)), ("wide", seed => new WideCancerNet(seed))]),
        new("diabetes", Dataset.FromCsv(Path.Combine(folder, "diabetes.csv"), targets: ["progression"]),
            [("narrow", seed => new NarrowDiabetesNet(seed)), ("wide", seed => new WideDiabetesNet(seed))]),
    ];

    /// <summary>The folds of scikit-learn's figures: of each class (of all rows, where there are none) the k-th row in the order of the file is tested in fold k mod 5.</summary>
    public IEnumerable<(Dataset Train, Dataset Test)> FoldsAsPeer()
    {
        int[] seen = new int[Math.Max(1, Data.ClassNames.Count)];
        int[] fold = [.. Enumerable.Range(0, Data.Count).Select(row => seen[Data.HasClasses ? Data.Classes[row] : 0]++ % Folds)];
        return Enumerable.Range(0, Folds).Select(k => (Rows(row => fold[row] != k), Rows(row => fold[row] == k)));
    }

    /// <summary>How good a network is: accuracy of classes, R2 of targets; higher is better.</summary>
    public static double Score(ITrainable network, Dataset test) =>
        test.HasClasses ? ClassificationReport.Evaluate(network, test).Accuracy : RegressionReport.Evaluate(network, test).Mean.R2;

    private Dataset Rows(Func<int, bool> isIn)
    {
        int[] rows = [.. Enumerable.Range(0, Data.Count).Where(isIn)];
        float[] features = [.. rows.SelectMany(row => Data.Features.Slice(row * Data.FeatureCount, Data.FeatureCount).ToArray())];
        return Data.HasClasses
            ? Dataset.FromArrays(features, Data.FeatureCount, [.. rows.Select(row => Data.Classes[row])], Data.ClassNames)
            : Dataset.FromArrays(features, Data.FeatureCount, [.. rows.Select(row => Data.Targets[row])], 1);
    }
}
