using System.Globalization;
using System.Text;

namespace NetGen.Training;

/// <summary>How well a network tells classes apart: what scikit-learn's <c>classification_report</c> and <c>confusion_matrix</c> say.</summary>
public sealed class ClassificationReport
{
    private ClassificationReport(ConfusionMatrix matrix)
    {
        Confusion = matrix;
        Classes = [.. matrix.ClassNames.Select((name, i) => new ClassMetrics(name, matrix.Precision(i), matrix.Recall(i), matrix.F1(i), matrix.Actual(i)))];
        MacroAverage = Average("macro avg", ClassAverage.Macro);
        WeightedAverage = Average("weighted avg", ClassAverage.Weighted);
    }

    /// <summary>Samples that were looked at.</summary>
    public long Support => Confusion.Count;

    /// <summary>The share of samples whose class is predicted right, 0 to 1.</summary>
    public double Accuracy => Confusion.Accuracy;

    /// <summary>Each class in order of its index.</summary>
    public IReadOnlyList<ClassMetrics> Classes { get; }

    /// <summary>The mean over classes, each counting once, those without samples included.</summary>
    public ClassMetrics MacroAverage { get; }

    /// <summary>The mean over classes, each counting as often as it has samples.</summary>
    public ClassMetrics WeightedAverage { get; }

    /// <summary>How often each class was taken for each.</summary>
    public ConfusionMatrix Confusion { get; }

    /// <summary>
    /// Predicts a data set in blocks. The class is that of the largest output; a network with one output decides for class 1 above 0.5.
    /// Every sample counts once, whatever its weight.
    /// </summary>
    /// <param name="network">Any network, trainable or not.</param>
    /// <param name="data">At least one sample, with classes.</param>
    /// <exception cref="ArgumentException">The data set does not fit the network.</exception>
    public static ClassificationReport Evaluate(IPredictor network, Dataset data)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        DataFit.CheckFeatures(network.Info, data, nameof(data));
        DataFit.CheckReport(network.Info, data, nameof(data));
        DataFit.CheckClasses(network.Info, data, nameof(data));
        ConfusionMatrix matrix = new(data.ClassNames);
        BlockPrediction.Run(network, data, (i, output) => matrix.Add(data.Classes[i], Decision.ClassOf(output)));
        return new ClassificationReport(matrix);
    }

    /// <summary>Compares classes that were predicted, by whatever means, with the right ones.</summary>
    /// <param name="actual"><c>[n]</c>: the index of the right class, at least one.</param>
    /// <param name="predicted"><c>[n]</c>: the index of the predicted class.</param>
    /// <param name="classNames">One name a class.</param>
    /// <exception cref="ArgumentException">Lengths differ or are 0, or a class has no name.</exception>
    public static ClassificationReport FromPredictions(ReadOnlySpan<int> actual, ReadOnlySpan<int> predicted, IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        if (actual.IsEmpty || predicted.Length != actual.Length)
        {
            throw new ArgumentException(
                $"Expected as many predicted as actual classes and at least one, got {predicted.Length} and {actual.Length}.", nameof(predicted));
        }
        CheckRange(actual, classNames, nameof(actual));
        CheckRange(predicted, classNames, nameof(predicted));
        ConfusionMatrix matrix = new(classNames);
        for (int i = 0; i < actual.Length; i++)
        {
            matrix.Add(actual[i], predicted[i]);
        }
        return new ClassificationReport(matrix);
    }

    /// <summary>A table as scikit-learn prints it, with four digits, and the confusion matrix below.</summary>
    public override string ToString()
    {
        int width = Math.Max("weighted avg".Length, Classes.Max(metrics => metrics.Name.Length));
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{"".PadLeft(width)}  {"precision",9} {"recall",9} {"f1-score",9} {"support",9}\n\n");
        foreach (ClassMetrics metrics in Classes)
        {
            AppendRow(text, metrics, width);
        }
        text.Append(CultureInfo.InvariantCulture, $"\n{"accuracy".PadLeft(width)}  {"",9} {"",9} {Accuracy,9:0.0000} {Support,9}\n");
        AppendRow(text, MacroAverage, width);
        AppendRow(text, WeightedAverage, width);
        return text.Append('\n').Append(Confusion).ToString();
    }

    private static void AppendRow(StringBuilder text, ClassMetrics metrics, int width) => text.Append(
        CultureInfo.InvariantCulture,
        $"{metrics.Name.PadLeft(width)}  {metrics.Precision,9:0.0000} {metrics.Recall,9:0.0000} {metrics.F1,9:0.0000} {metrics.Support,9}\n");

    private ClassMetrics Average(string name, ClassAverage average) =>
        new(name, Confusion.Precision(average), Confusion.Recall(average), Confusion.F1(average), Support);

    private static void CheckRange(ReadOnlySpan<int> classes, IReadOnlyList<string> classNames, string argument)
    {
        for (int i = 0; i < classes.Length; i++)
        {
            if ((uint)classes[i] >= (uint)classNames.Count)
            {
                throw new ArgumentException($"Sample {i} has class {classes[i]}; expected 0 to {classNames.Count - 1}.", argument);
            }
        }
    }
}
