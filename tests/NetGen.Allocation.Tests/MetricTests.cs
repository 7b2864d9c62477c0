using NetGen.Training;

namespace NetGen.Allocation.Tests;

public sealed class MetricTests
{
    private const int Count = 200;

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Metrics_of_classes_allocate_nothing_after_the_first_epoch(int classes)
    {
        int[] actual = [.. Enumerable.Range(0, Count).Select(i => i % classes)];
        float[] outputs = [.. Numbers.Of(Count * classes).Select(Math.Abs)];
        ClassificationMetric[] metrics =
        [
            new Accuracy(classes), new TopKAccuracy(classes, 1), new BalancedAccuracy(classes), new Precision(classes), new Recall(classes, ClassAverage.Micro),
            new F1Score(classes, ClassAverage.Weighted), new CohenKappa(classes), new MatthewsCorrelation(classes), new LogLoss(classes), new Perplexity(classes), new BrierScore(classes),
            new CalibrationError(classes), new RocAuc(classes), new AveragePrecision(classes),
        ];
        Assert.Equal(0, AllocatedBytes.Least(() => AfterTheFirst(metrics, () =>
        {
            foreach (ClassificationMetric metric in metrics)
            {
                metric.Add(actual, outputs);
            }
        })));
    }

    [Fact]
    public void Metrics_of_targets_allocate_nothing_after_the_first_epoch()
    {
        float[] targets = Numbers.Of(Count);
        float[] outputs = [.. targets.Select(x => 0.9f * x)];
        RegressionMetric[] metrics = [new MeanAbsoluteError(2), new RootMeanSquaredError(2), new MeanAbsolutePercentageError(2), new R2(2)];
        Assert.Equal(0, AllocatedBytes.Least(() => AfterTheFirst(metrics, () =>
        {
            foreach (RegressionMetric metric in metrics)
            {
                metric.Add(targets, outputs);
            }
        })));
    }

    [Fact]
    public void Metrics_of_padded_sequences_allocate_nothing_after_the_first_epoch()
    {
        const int Steps = 5;
        int[] actual = [.. Enumerable.Range(0, Count * Steps).Select(i => i % 3)], lengths = [.. Enumerable.Range(0, Count).Select(i => 1 + i % Steps)];
        float[] outputs = [.. Numbers.Of(Count * Steps * 3).Select(Math.Abs)], targets = Numbers.Of(Count * Steps * 3);
        ClassificationMetric[] ofClasses = [new Accuracy(3), new F1Score(3), new LogLoss(3), new RocAuc(3)];
        RegressionMetric[] ofTargets = [new MeanAbsoluteError(3), new R2(3)];
        Assert.Equal(0, AllocatedBytes.Least(() => AfterTheFirst([.. ofClasses, .. ofTargets], () =>
        {
            foreach (ClassificationMetric metric in ofClasses)
            {
                metric.Add(new Batch { Count = Count, Inputs = default, Classes = actual, Lengths = lengths }, outputs);
            }
            foreach (RegressionMetric metric in ofTargets)
            {
                metric.Add(new Batch { Count = Count, Inputs = default, Targets = targets, Lengths = lengths }, outputs);
            }
        })));
    }

    private static long AfterTheFirst(IMetric[] metrics, Action add)
    {
        double sum = Epoch();
        long before = AllocatedBytes.Now();
        for (int epoch = 1; epoch < 4; epoch++)
        {
            sum += Epoch();
        }
        long allocated = AllocatedBytes.Now() - before;
        Assert.True(double.IsFinite(sum));
        return allocated;

        double Epoch()
        {
            double values = 0;
            foreach (IMetric metric in metrics)
            {
                metric.Reset();
            }
            add();
            foreach (IMetric metric in metrics)
            {
                values += metric.Value;
            }
            return values;
        }
    }
}
