namespace NetGen.Training.Tests;

public sealed class FoldTests
{
    private static readonly int[] Groups = [.. Enumerable.Range(0, 40).Select(i => i * i % 11)];

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public void Each_sample_is_tested_once_and_learned_in_the_other_folds(int count)
    {
        Dataset data = Samples.OfClasses(31, 17, 10);
        (Dataset Train, Dataset Test)[] folds = [.. data.Folds(count, seed: 1)];

        Assert.Equal(count, folds.Length);
        Assert.Equal(Enumerable.Range(0, 58), folds.SelectMany(fold => Samples.Numbers(fold.Test)).Order());
        Assert.All(folds, fold => Assert.Equal(Enumerable.Range(0, 58), Samples.Numbers(fold.Train).Concat(Samples.Numbers(fold.Test)).Order()));
    }

    [Fact]
    public void Stratified_folds_have_their_share_of_each_class_and_of_all()
    {
        foreach ((_, Dataset test) in Samples.OfClasses(31, 17, 10).Folds(5, seed: 1))
        {
            Assert.InRange(test.Count, 11, 12);
            Assert.InRange(test.Classes.Count(0), 6, 7);
            Assert.InRange(test.Classes.Count(1), 3, 4);
            Assert.Equal(2, test.Classes.Count(2));
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_folds_and_another_seed_others()
    {
        int[] TestOf(long seed) => Samples.Numbers(Samples.OfLine(50).Folds(5, seed).First().Test);

        Assert.Equal(TestOf(1), TestOf(1));
        Assert.NotEqual(TestOf(1), TestOf(2));
    }

    [Fact]
    public void A_group_is_never_on_both_sides()
    {
        Dataset data = Samples.OfLine(40);
        (Dataset Train, Dataset Test)[] folds = [.. data.GroupedFolds(Groups, 3, seed: 1)];
        Assert.Equal(Enumerable.Range(0, 40), folds.SelectMany(fold => Samples.Numbers(fold.Test)).Order());
        Assert.All(folds, fold => Assert.InRange(fold.Test.Count, 10, 17));
        foreach ((Dataset train, Dataset test) in folds.Append(data.SplitByGroup(Groups, 0.7, 0.3, seed: 1)))
        {
            Assert.Empty(Samples.Numbers(train).Select(i => Groups[i]).Intersect(Samples.Numbers(test).Select(i => Groups[i])));
            Assert.Equal(40, train.Count + test.Count);
        }
    }

    [Fact]
    public void A_split_by_group_is_near_its_shares()
    {
        Dataset data = Samples.OfLine(400);
        int[] groups = [.. Enumerable.Range(0, 400).Select(i => i / 4)];
        for (int seed = 0; seed < 10; seed++)
        {
            Assert.InRange(data.SplitByGroup(groups, 0.8, 0.2, seed).Train.Count, 318, 322);
        }
    }

    [Fact]
    public void Time_goes_forward_in_splits_and_folds()
    {
        Dataset data = Samples.OfLine(23);
        (Dataset train, Dataset validation, Dataset test) = data.SplitByTime(0.6, 0.2, 0.2);
        Assert.Equal(Enumerable.Range(0, 23), [.. Samples.Numbers(train), .. Samples.Numbers(validation), .. Samples.Numbers(test)]);
        Assert.Equal(14, train.Count);

        // scikit-learn: TimeSeriesSplit(n_splits=4, gap=2).split(range(23)).
        int[][] tests = [.. data.TimeFolds(4, gap: 2).Select(fold => Samples.Numbers(fold.Test))];
        int[] trained = [.. data.TimeFolds(4, gap: 2).Select(fold => fold.Train.Count)];
        Assert.Equal([[7, 8, 9, 10], [11, 12, 13, 14], [15, 16, 17, 18], [19, 20, 21, 22]], tests);
        Assert.Equal([5, 9, 13, 17], trained);
    }

    [Fact]
    public void What_cannot_be_divided_is_refused()
    {
        Dataset data = Samples.OfLine(5);
        Refused<ArgumentException>("There are 5 samples, fewer than 6 folds. Take at most 5.", () => data.Folds(6, seed: 0));
        Refused<ArgumentException>("Class class1 has 2 samples, fewer than 3 folds", () => Samples.OfClasses(9, 2).Folds(3, seed: 0));
        Refused<ArgumentException>("There are 2 groups, fewer than 3 folds. Take at most 2.", () => data.GroupedFolds([1, 1, 2, 2, 2], 3, seed: 0));
        Refused<ArgumentException>("Expected 5 groups, one a sample, got 2.", () => data.GroupedFolds([1, 1], 2, seed: 0));
        Refused<ArgumentException>("no group fits into it", () => data.SplitByGroup([7, 7, 7, 7, 7], 0.5, 0.5, seed: 0));
        Refused<ArgumentException>("5 samples are not enough for 5 test parts", () => data.TimeFolds(5));
        Refused<ArgumentException>("with a gap of 3", () => data.TimeFolds(1, gap: 3));
        Refused<ArgumentException>("A part with a share of 0.1 would be empty: the data set has 5 samples.", () => data.Split(0.9, 0.1, seed: 0));
        Refused<ArgumentException>("A part with a share of 0.1 would be empty", () => data.SplitByTime(0.8, 0.1, 0.1));
        Refused<ArgumentOutOfRangeException>("count", () => data.Folds(1, seed: 0));
    }

    private static void Refused<TException>(string message, Func<object> divide)
        where TException : Exception =>
        Assert.Contains(message, Assert.Throws<TException>(divide).Message, StringComparison.Ordinal);
}
