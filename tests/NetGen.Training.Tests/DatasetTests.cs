namespace NetGen.Training.Tests;

public sealed class DatasetTests
{
    [Fact]
    public void Arrays_become_a_data_set_with_names()
    {
        Dataset data = Dataset.FromArrays([1, 2, 3, 4, 5, 6], 2, [2, 0, 1], weights: [1, 2, 3]);

        Assert.Equal(3, data.Count);
        Assert.Equal(["feature0", "feature1"], data.FeatureNames);
        Assert.Equal(["0", "1", "2"], data.ClassNames);
        Assert.True(data.HasClasses);
        Assert.Equal(0, data.TargetCount);

        Batch slice = data.Slice(1, 2);
        Assert.Equal([3, 4, 5, 6], slice.Inputs);
        Assert.Equal([0, 1], slice.Classes);
        Assert.Equal([2, 3], slice.Weights);
        Assert.True(slice.Targets.IsEmpty);
    }

    [Fact]
    public void Targets_become_a_data_set_without_classes()
    {
        Dataset data = Dataset.FromArrays([1, 2], 1, [1, 2, 3, 4], 2, targetNames: ["height", "width"]);

        Assert.False(data.HasClasses);
        Assert.Equal(["height", "width"], data.TargetNames);
        Assert.Equal([3, 4], data.Slice(1, 1).Targets);
        Assert.True(data.Slice(0, 2).Classes.IsEmpty);
        Assert.True(data.Slice(0, 2).Weights.IsEmpty);
    }

    public static TheoryData<Action, string> BadArrays => new()
    {
        { () => Dataset.FromArrays([1, 2, 3], 2, [0]), "Expected a whole number of samples of 2 features each, got 3 floats." },
        { () => Dataset.FromArrays([1, 2], 1, [0]), "Expected 2 class indices, one a sample, got 1." },
        { () => Dataset.FromArrays([1, 2], 1, [0, 2], ["a", "b"]), "Sample 1 has class 2; expected 0 to 1, because there are 2 class names." },
        { () => Dataset.FromArrays([1, 2], 1, [0, -1]), "Sample 1 has class -1; expected 0 to 0" },
        { () => Dataset.FromArrays([1, float.NaN], 1, [0, 0]), "Sample 1, feature 0 is NaN; expected a finite number." },
        { () => Dataset.FromArrays([1, 2], 1, [1, float.PositiveInfinity], 1), "Sample 1, target 0 is Infinity; expected a finite number." },
        { () => Dataset.FromArrays([1, 2], 1, [1, 2, 3], 2), "Expected 4 targets, 2 a sample, got 3." },
        { () => Dataset.FromArrays([1, 2], 1, [0, 0], weights: [1]), "Expected 2 weights, one a sample, got 1." },
        { () => Dataset.FromArrays([1, 2], 1, [0, 0], weights: [1, 0]), "Sample 1 has weight 0; expected a finite number above 0." },
        { () => Dataset.FromArrays([1, 2], 1, [0, 0], weights: [float.NaN, 1]), "Sample 0 has weight NaN; expected a finite number above 0." },
        { () => Dataset.FromArrays([1, 2], 1, [0, 0, 0], classesPerSample: 2), "Expected 4 class indices, 2 a sample, got 3." },
        { () => Dataset.FromArrays([1, 2], 1, [0, 0, 0, 3], ["a"], classesPerSample: 2), "Sample 1, step 1 has class 3; expected 0 to 0" },
        { () => Dataset.FromArrays([1, 2], 1, [0, 0], classesPerSample: 0), "classesPerSample" },
        { () => Dataset.FromArrays([1, 2], 1, [0, 0], lengths: [1]), "Expected 2 lengths, one a sample, got 1." },
        { () => Dataset.FromArrays([1, 2], 1, [1, 2], 1, lengths: [1, 0]), "Sample 1 has a length of 0 time steps; expected at least 1." },
        { () => Dataset.FromArrays([1, 2], 1, [0, 0], featureNames: ["a", "b"]), "Expected 1 feature names, got 2." },
        { () => Dataset.FromArrays([], 1, [], []), "There are no classes; name at least one." },
        { () => Dataset.FromArrays([1], 0, [0]), "featureCount" },
    };

    [Theory]
    [MemberData(nameof(BadArrays), DisableDiscoveryEnumeration = true)]
    public void Arrays_that_do_not_fit_are_refused(Action create, string message) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(create).Message);

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 4)]
    [InlineData(4, 0)]
    [InlineData(1, -1)]
    public void A_slice_beyond_the_data_is_refused(int start, int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Samples.OfLine(3).Slice(start, count).Count);
}
