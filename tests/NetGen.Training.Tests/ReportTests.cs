namespace NetGen.Training.Tests;

public sealed class ReportTests
{
    [Fact]
    public void A_classification_report_reads_like_that_of_scikit_learn()
    {
        // The example in the documentation of sklearn.metrics.classification_report; class 1 is never predicted right.
        ClassificationReport report = ClassificationReport.FromPredictions([0, 1, 2, 2, 2], [0, 0, 2, 2, 1], ["class 0", "class 1", "class 2"]);

        Assert.Equal(
            """
                          precision    recall  f1-score   support

                 class 0     0.5000    1.0000    0.6667         1
                 class 1     0.0000    0.0000    0.0000         1
                 class 2     1.0000    0.6667    0.8000         3

                accuracy                         0.6000         5
               macro avg     0.5000    0.5556    0.4889         5
            weighted avg     0.7000    0.6000    0.6133         5

             actual \ predicted
                     class 0 class 1 class 2
            class 0        1       0       0
            class 1        1       0       0
            class 2        0       1       2

            """,
            report.ToString(),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Metrics_are_those_of_scikit_learn()
    {
        // precision_recall_fscore_support([0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1]) is worked out in scikit-learn's documentation.
        ClassificationReport report = ClassificationReport.FromPredictions([0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1], ["cat", "dog", "pig"]);

        Assert.Equal(2.0 / 6, report.Accuracy, 1e-12);
        Assert.Equal(2.0 / 3, report.Classes[0].Precision, 1e-12);
        Assert.Equal(1, report.Classes[0].Recall, 1e-12);
        Assert.Equal(0.8, report.Classes[0].F1, 1e-12);
        Assert.Equal(2.0 / 9, report.MacroAverage.Precision, 1e-12);
        Assert.Equal(1.0 / 3, report.MacroAverage.Recall, 1e-12);
        Assert.Equal(0.8 / 3, report.MacroAverage.F1, 1e-12);
        Assert.Equal([2, 2, 2], report.Classes.Select(metrics => metrics.Support));
    }

    [Fact]
    public void The_confusion_matrix_has_a_row_for_each_actual_class()
    {
        // The example in the documentation of sklearn.metrics.confusion_matrix.
        ConfusionMatrix matrix = ClassificationReport.FromPredictions([2, 0, 2, 2, 0, 1], [0, 0, 2, 2, 0, 2], ["0", "1", "2"]).Confusion;
        int[,] expected = { { 2, 0, 0 }, { 0, 0, 1 }, { 1, 0, 2 } };
        for (int actual = 0; actual < 3; actual++)
        {
            for (int predicted = 0; predicted < 3; predicted++)
            {
                Assert.Equal(expected[actual, predicted], matrix[actual, predicted]);
            }
        }
    }

    [Fact]
    public void A_class_that_does_not_occur_has_zeros()
    {
        ClassMetrics metrics = ClassificationReport.FromPredictions([0, 0], [0, 0], ["here", "absent"]).Classes[1];

        Assert.Equal(new ClassMetrics("absent", 0, 0, 0, 0), metrics);
    }

    [Theory]
    [InlineData(new[] { 0 }, new[] { 0, 1 }, "Expected as many predicted as actual classes")]
    [InlineData(new int[0], new int[0], "at least one")]
    [InlineData(new[] { 0, 2 }, new[] { 0, 1 }, "Sample 1 has class 2; expected 0 to 1.")]
    [InlineData(new[] { 0, 1 }, new[] { -1, 1 }, "Sample 0 has class -1; expected 0 to 1.")]
    public void Predictions_that_do_not_fit_are_refused(int[] actual, int[] predicted, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => ClassificationReport.FromPredictions(actual, predicted, ["a", "b"])).Message);

    [Fact]
    public void A_data_set_is_predicted_in_blocks()
    {
        // The class is that of the larger feature; every tenth label is wrong.
        const int count = 1000;
        float[] features = new float[2 * count];
        int[] classes = new int[count];
        for (int i = 0; i < count; i++)
        {
            features[2 * i + i % 2] = 1;
            classes[i] = i % 10 == 0 ? 1 - i % 2 : i % 2;
        }
        LinearNetwork network = new(2, 2);
        network.Parameters[0] = network.Parameters[3] = 1;
        ClassificationReport report = ClassificationReport.Evaluate(network, Dataset.FromArrays(features, 2, classes, ["even", "odd"]));

        Assert.Equal(0.9, report.Accuracy, 1e-12);
        Assert.Equal(100, report.Confusion[1, 0]);
        Assert.Equal(0, report.Confusion[0, 1]);
        Assert.True(network.LargestPrediction < count);
    }

    [Fact]
    public void A_single_output_decides_above_one_half()
    {
        // sigmoid(x) is 0.5 at 0, which is not above.
        LinearNetwork network = new(1, 1, LossKind.SigmoidCrossEntropy);
        network.Parameters[0] = 1;
        ClassificationReport report = ClassificationReport.Evaluate(network, Dataset.FromArrays([-1, 0, 0.1f, 1], 1, [0, 0, 1, 1]));

        Assert.Equal(1, report.Accuracy);
    }

    [Fact]
    public void Regression_metrics_are_those_of_scikit_learn()
    {
        // The examples in the documentation of mean_absolute_error, mean_squared_error and r2_score; the features are the predictions.
        RegressionMetrics single = RegressionReport.Evaluate(Identity(1), Dataset.FromArrays([2.5f, 0, 2, 8], 1, [3, -0.5f, 2, 7], 1)).Targets[0];
        Assert.Equal(0.5, single.MeanAbsoluteError, 1e-12);
        Assert.Equal(Math.Sqrt(0.375), single.RootMeanSquaredError, 1e-12);
        Assert.Equal(0.9486081370449679, single.R2, 1e-12);

        RegressionReport report = RegressionReport.Evaluate(Identity(2), Dataset.FromArrays([0, 2, -1, 2, 8, -5], 2, [0.5f, 1, -1, 1, 7, -6], 2));
        Assert.Equal([0.5, 1], report.Targets.Select(metrics => metrics.MeanAbsoluteError));
        Assert.Equal(0.75, report.Mean.MeanAbsoluteError, 1e-12);
        Assert.Equal([Math.Sqrt(1.25 / 3), 1], report.Targets.Select(metrics => metrics.RootMeanSquaredError));
        Assert.Equal([0.96543778801843316, 0.90816326530612246], report.Targets.Select(metrics => metrics.R2), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(
            """
                              MAE         RMSE        R2
            target0           0.5       0.6455    0.9654
            target1             1            1    0.9082
               mean          0.75      0.82275    0.9368

            """,
            report.ToString(),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void A_target_that_never_changes_has_an_r2_of_one_or_zero()
    {
        float[] constant = [0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f];

        Assert.Equal(1, RegressionReport.Evaluate(Identity(1), Dataset.FromArrays(constant, 1, constant, 1)).Mean.R2);
        Assert.Equal(0, RegressionReport.Evaluate(Identity(1), Dataset.FromArrays([1, 0, 0, 0, 0, 0, 0], 1, constant, 1)).Mean.R2);
    }

    [Fact]
    public void Data_of_the_other_kind_are_refused()
    {
        Assert.Contains("expected classes", Assert.Throws<ArgumentException>(() => ClassificationReport.Evaluate(Identity(1), Samples.OfLine(3))).Message);
        Assert.Contains("expected targets", Assert.Throws<ArgumentException>(() => RegressionReport.Evaluate(Identity(2), Samples.OfClasses(1, 1))).Message);
        Assert.Contains("no samples", Assert.Throws<ArgumentException>(() => RegressionReport.Evaluate(Identity(1), Samples.OfLine(0))).Message);
        Assert.Contains(
            "takes 1 float a sample, the data set has 2 features.",
            Assert.Throws<ArgumentException>(() => ClassificationReport.Evaluate(Identity(1), Samples.OfClasses(1, 1))).Message);
    }

    private static LinearNetwork Identity(int size)
    {
        LinearNetwork network = new(size, size, LossKind.MeanSquaredError);
        for (int i = 0; i < size; i++)
        {
            network.Parameters[i * size + i] = 1;
        }
        return network;
    }
}
