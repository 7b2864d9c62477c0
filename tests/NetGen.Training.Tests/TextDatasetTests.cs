namespace NetGen.Training.Tests;

public sealed class TextDatasetTests
{
    private static readonly string[] Tokens = ["a", "b", "c", "d", "e"];

    [Fact]
    public void Windows_pair_each_token_with_the_next_one()
    {
        Dataset data = Dataset.FromText([0, 1, 2, 3, 4, 0, 1, 2], time: 3, Tokens);

        Assert.Equal((2, 3, 3), (data.Count, data.FeatureCount, data.ClassesPerSample));
        Assert.Equal([0, 1, 2, 3, 4, 0], data.Features);
        Assert.Equal([1, 2, 3, 4, 0, 1], data.Classes);
        Assert.Equal(Tokens, data.ClassNames);
        Assert.True(data.Lengths.IsEmpty);
    }

    [Fact]
    public void A_stride_lets_windows_overlap()
    {
        Dataset data = Dataset.FromText([0, 1, 2, 3, 4], time: 2, Tokens, stride: 1);

        Assert.Equal([0, 1, 1, 2, 2, 3], data.Features);
        Assert.Equal([1, 2, 2, 3, 3, 4], data.Classes);
    }

    [Fact]
    public void Texts_are_padded_and_have_lengths()
    {
        Dataset data = Dataset.FromTexts([[1, 2, 3, 4], [4, 0]], time: 3, Tokens);

        Assert.Equal([1, 2, 3, 4, 0, 0], data.Features);
        Assert.Equal([2, 3, 4, 0, 0, 0], data.Classes);
        Assert.Equal([3, 1], data.Lengths);

        Batch second = data.Slice(1, 1);
        Assert.Equal([1], second.Lengths);
        Assert.Equal([0, 0, 0], second.Classes);
    }

    public static TheoryData<Action, string> BadTexts => new()
    {
        { () => Dataset.FromText([0, 1, 2], 3, Tokens), "Expected a text of at least 4 tokens, a window of 3 and the one after it; got 3." },
        { () => Dataset.FromText([0, 5, 2], 2, Tokens), "The text has id 5 at place 1; expected 0 to 4, because there are 5 tokens." },
        { () => Dataset.FromText([0, 1, 2], 0, Tokens), "time" },
        { () => Dataset.FromText([0, 1, 2], 1, Tokens, stride: 0), "stride" },
        { () => Dataset.FromTexts([[0, 1], [0]], 3, Tokens), "Text 1 has 1 tokens; expected 2 to 4" },
        { () => Dataset.FromTexts([[0, 1, 2, 3, 4]], 3, Tokens), "Text 0 has 5 tokens; expected 2 to 4" },
        { () => Dataset.FromTexts([[0, -1]], 3, Tokens), "Text 0 has id -1 at place 1; expected 0 to 4" },
    };

    [Theory]
    [MemberData(nameof(BadTexts), DisableDiscoveryEnumeration = true)]
    public void Texts_that_do_not_fit_are_refused(Action create, string message) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(create).Message);

    [Fact]
    public void Splits_and_batches_keep_the_classes_and_lengths_of_each_sample()
    {
        Dataset data = Dataset.FromTexts([.. Enumerable.Range(0, 20).Select(i => Enumerable.Repeat(i % 5, i % 3 + 2).ToArray())], time: 3, Tokens);
        (Dataset train, Dataset test) = data.Split(0.5, 0.5, seed: 1);

        Assert.Equal((10, 10), (train.Count, test.Count));
        BatchSampler sampler = new(train, 4);
        int samples = 0;
        foreach (Batch batch in sampler.Epoch(seed: 1, epoch: 0))
        {
            for (int i = 0; i < batch.Count; i++)
            {
                int length = batch.Lengths[i];
                samples++;
                Assert.Equal(batch.Inputs.Slice(i * 3, length).ToArray(), batch.Classes.Slice(i * 3, length).ToArray().Select(id => (float)id));
            }
        }
        Assert.Equal(10, samples);
    }

    [Fact]
    public void Windows_that_are_more_than_one_array_holds_are_refused()
    {
        int[] ids = new int[100_000];
        ArgumentException exception = Assert.Throws<ArgumentException>(() => Dataset.FromText(ids, time: 50_000, Tokens, stride: 1));

        Assert.StartsWith("50000 samples of 50000 steps are more than 2147483591 numbers, the most that a data set has. Take a larger stride", exception.Message);
    }

    [Fact]
    public void Perplexity_is_the_number_of_equally_likely_tokens()
    {
        Assert.Equal(27, Perplexity.FromLoss(Math.Log(27)), 1e-9);
        Assert.Equal(3, Perplexity.BitsFromLoss(Math.Log(8)), 1e-9);
    }
}
