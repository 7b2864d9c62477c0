using System.Globalization;
using System.Text;

namespace NetGen.Training;

/// <summary>How often each class was taken for each, and what follows from that. A quotient whose denominator is 0 counts as 0 unless said otherwise.</summary>
public sealed class ConfusionMatrix
{
    private readonly long[,] _counts;
    private readonly long[] _actual;
    private readonly long[] _predicted;

    /// <summary>A matrix of zeros.</summary>
    /// <param name="classNames">One name a class, at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no classes.</exception>
    public ConfusionMatrix(IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        ArgumentOutOfRangeException.ThrowIfLessThan(classNames.Count, 1, nameof(classNames));
        ClassNames = classNames;
        _counts = new long[classNames.Count, classNames.Count];
        _actual = new long[classNames.Count];
        _predicted = new long[classNames.Count];
    }

    /// <summary>The names of the classes in order of their index.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Samples that were added.</summary>
    public long Count { get; private set; }

    /// <summary>Samples whose class was predicted right.</summary>
    public long Right { get; private set; }

    /// <summary>Samples of class <paramref name="actual"/> that were taken for class <paramref name="predicted"/>.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such class.</exception>
    public long this[int actual, int predicted] => _counts[actual, predicted];

    /// <summary>The share of samples whose class is predicted right, 0 to 1.</summary>
    public double Accuracy => Ratio(Right, Count);

    /// <summary>
    /// <c>mean TP / (TP + FN)</c> over the classes that have samples: what guessing one class always gets wrong however common it is (Brodersen et
    /// al., "The balanced accuracy and its posterior distribution", 2010).
    /// </summary>
    public double BalancedAccuracy
    {
        get
        {
            double sum = 0;
            int present = 0;
            for (int i = 0; i < _actual.Length; i++)
            {
                sum += Recall(i);
                present += _actual[i] > 0 ? 1 : 0;
            }
            return present == 0 ? 0 : sum / present;
        }
    }

    /// <summary>
    /// <c>(p_o - p_e) / (1 - p_e)</c>: how far the share of right predictions, <c>p_o</c>, lies between what predicting as often but at random would give, <c>p_e</c>, and 1. Not a number
    /// where all samples have and get one class (Cohen, "A coefficient of agreement for nominal scales", 1960).
    /// </summary>
    public double CohenKappa
    {
        get
        {
            double byChance = Product(_actual, _predicted) / Count;
            return 1 - (Count - Right) / (Count - byChance);
        }
    }

    /// <summary>
    /// The correlation of actual and predicted classes, <c>(s n - sum a_c p_c) / sqrt((n^2 - sum a_c^2) (n^2 - sum p_c^2))</c> with s of n samples
    /// right, a_c of class c and p_c taken for it: -1 to 1; 0 where one of the two never changes (Matthews 1975; for several classes Gorodkin,
    /// "Comparing two K-category assignments by a K-category correlation coefficient", 2004).
    /// </summary>
    public double MatthewsCorrelation
    {
        get
        {
            double squared = (double)Count * Count;
            double both = (double)Right * Count - Product(_actual, _predicted);
            double alone = (squared - Product(_actual, _actual)) * (squared - Product(_predicted, _predicted));
            return alone == 0 ? 0 : both / Math.Sqrt(alone);
        }
    }

    /// <summary>Adds a sample.</summary>
    /// <param name="actual">The index of its class.</param>
    /// <param name="predicted">The index of the class that it was taken for.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such class; nothing was added.</exception>
    public void Add(int actual, int predicted)
    {
        _counts[actual, predicted]++;
        _actual[actual]++;
        _predicted[predicted]++;
        Count++;
        Right += actual == predicted ? 1 : 0;
    }

    /// <summary>Forgets all samples.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        Array.Clear(_actual);
        Array.Clear(_predicted);
        Count = Right = 0;
    }

    /// <summary>Samples of class <paramref name="index"/>.</summary>
    public long Actual(int index) => _actual[index];

    /// <summary>Samples that were taken for class <paramref name="index"/>.</summary>
    public long Predicted(int index) => _predicted[index];

    /// <summary><c>TP / (TP + FP)</c>: of the samples taken for a class, the share that belong to it.</summary>
    public double Precision(int index) => Ratio(_counts[index, index], _predicted[index]);

    /// <summary><c>TP / (TP + FN)</c>: of the samples of a class, the share that were recognised.</summary>
    public double Recall(int index) => Ratio(_counts[index, index], _actual[index]);

    /// <summary><c>2 TP / (2 TP + FP + FN)</c>: the harmonic mean of precision and recall of a class.</summary>
    public double F1(int index) => Ratio(2 * _counts[index, index], _predicted[index] + _actual[index]);

    /// <summary>The precision of all classes, averaged.</summary>
    public double Precision(ClassAverage average) => Average(average, static (matrix, index) => matrix.Precision(index));

    /// <summary>The recall of all classes, averaged.</summary>
    public double Recall(ClassAverage average) => Average(average, static (matrix, index) => matrix.Recall(index));

    /// <summary>The F1 of all classes, averaged.</summary>
    public double F1(ClassAverage average) => Average(average, static (matrix, index) => matrix.F1(index));

    /// <summary>A table: a row for each actual class, a column for each predicted one.</summary>
    public override string ToString()
    {
        int nameWidth = Math.Max("actual".Length, ClassNames.Max(name => name.Length));
        int width = 1 + Math.Max(ClassNames.Max(name => name.Length), _counts.Cast<long>().Max().ToString(CultureInfo.InvariantCulture).Length);
        StringBuilder text = new();
        text.Append("actual".PadLeft(nameWidth)).Append(" \\ predicted\n").Append(' ', nameWidth + 1);
        foreach (string name in ClassNames)
        {
            text.Append(name.PadLeft(width));
        }
        text.Append('\n');
        for (int actual = 0; actual < ClassNames.Count; actual++)
        {
            text.Append(ClassNames[actual].PadLeft(nameWidth)).Append(' ');
            for (int predicted = 0; predicted < ClassNames.Count; predicted++)
            {
                text.Append(_counts[actual, predicted].ToString(CultureInfo.InvariantCulture).PadLeft(width));
            }
            text.Append('\n');
        }
        return text.ToString();
    }

    internal static string NameOf(string metric, ClassAverage average) => $"{metric} {average.ToString().ToLowerInvariant()}";

    private double Average(ClassAverage average, Func<ConfusionMatrix, int, double> metric)
    {
        if (average == ClassAverage.Micro)
        {
            // Every sample that is a false positive of one class is a false negative of another.
            return Accuracy;
        }
        double sum = 0;
        for (int i = 0; i < _actual.Length; i++)
        {
            sum += metric(this, i) * (average == ClassAverage.Macro ? 1 : _actual[i]);
        }
        return average == ClassAverage.Macro ? sum / _actual.Length : Count == 0 ? 0 : sum / Count;
    }

    private static double Ratio(long numerator, long denominator) => denominator == 0 ? 0 : (double)numerator / denominator;

    private static double Product(long[] left, long[] right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += (double)left[i] * right[i];
        }
        return sum;
    }
}
