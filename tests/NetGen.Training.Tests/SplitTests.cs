namespace NetGen.Training.Tests;

public sealed class SplitTests
{
    [Fact]
    public void Parts_are_disjoint_and_together_are_the_whole()
    {
        Dataset data = Samples.OfClasses(31, 17, 5);
        (Dataset train, Dataset validation, Dataset test) = data.Split(0.7, 0.1, 0.2, seed: 1);

        int[] all = [.. Samples.Numbers(train), .. Samples.Numbers(validation), .. Samples.Numbers(test)];
        Assert.Equal(Enumerable.Range(0, 53), all.Order());
    }

    [Fact]
    public void Rows_keep_their_class_target_weight_and_names()
    {
        Dataset classes = Dataset.FromArrays([0, 1, 2, 3], 1, [0, 1, 0, 1], ["even", "odd"], weights: [1, 2, 3, 4], featureNames: ["n"]);
        (Dataset train, Dataset test) = classes.Split(0.5, 0.5, seed: 3);
        foreach (Dataset part in (Dataset[])[train, test])
        {
            Assert.Equal(["even", "odd"], part.ClassNames);
            Assert.Equal(["n"], part.FeatureNames);
            Assert.Equal(2, part.Count);
            for (int i = 0; i < part.Count; i++)
            {
                Assert.Equal((int)part.Features[i] % 2, part.Classes[i]);
                Assert.Equal(part.Features[i] + 1, part.Weights[i]);
            }
        }

        (Dataset first, _) = Samples.OfLine(10).Split(0.5, 0.5, seed: 3);
        Assert.Equal([.. first.Features.ToArray().Select(x => 2 * x + 1)], first.Targets);
    }

    [Fact]
    public void The_same_seed_gives_the_same_parts_and_another_seed_others()
    {
        Dataset data = Samples.OfClasses(40, 60);
        int[] first = Samples.Numbers(data.Split(0.8, 0.2, seed: 1).Train);

        Assert.Equal(first, Samples.Numbers(data.Split(0.8, 0.2, seed: 1).Train));
        Assert.NotEqual(first, Samples.Numbers(data.Split(0.8, 0.2, seed: 2).Train));
        Assert.NotEqual(first.Order(), first);
    }

    [Fact]
    public void The_parts_of_a_seed_never_change_between_versions() =>
        Assert.Equal([7, 2, 6, 8, 0, 1, 5, 9, 3, 4], Samples.Numbers(Samples.OfLine(10).Split(1, 0, seed: 1).Train));

    [Theory]
    [InlineData(new[] { 10, 20, 70 }, new[] { 7, 14, 49 }, new[] { 1, 2, 7 })]
    [InlineData(new[] { 100 }, new[] { 70 }, new[] { 10 })]
    public void Classes_are_split_exactly_where_that_is_possible(int[] counts, int[] train, int[] validation)
    {
        (Dataset trainPart, Dataset validationPart, _) = Samples.OfClasses(counts).Split(0.7, 0.1, 0.2, seed: 1);

        Assert.Equal(train, CountClasses(trainPart));
        Assert.Equal(validation, CountClasses(validationPart));
    }

    [Fact]
    public void Every_number_is_its_quota_rounded_up_or_down()
    {
        SplitMix64 random = new(seed: 7);
        double[][] sharings = [[0.7, 0.1, 0.2], [0.8, 0.1, 0.1], [0.29, 0.7, 0.01], [1.0 / 3, 1.0 / 3, 1.0 / 3], [0.5, 0, 0.5], [0, 0, 1], [0.6, 0.4]];
        for (int round = 0; round < 2000; round++)
        {
            int[] sizes = new int[1 + random.NextBelow(12)];
            for (int i = 0; i < sizes.Length; i++)
            {
                sizes[i] = random.NextBelow(30);
            }
            double[] shares = sharings[random.NextBelow(sharings.Length)];
            CheckQuotas(sizes, shares);
        }
    }

    [Fact]
    public void Totals_are_mended_through_a_third_part_where_no_class_can_do_it_alone()
    {
        CheckQuotas([39, 30, 35, 35, 19], [0.5, 0.4, 0.1]);
        CheckQuotas([40, 3, 26, 40, 21, 46], [1.0 / 3, 1.0 / 2, 1.0 / 6]);
    }

    [Fact]
    public void Without_stratification_only_the_sizes_are_exact()
    {
        Dataset data = Samples.OfClasses(50, 50);
        int[][] counts = [.. Enumerable.Range(0, 10).Select(seed => CountClasses(data.Split(0.5, 0.5, seed, stratify: false).Train))];

        Assert.All(counts, count => Assert.Equal(50, count.Sum()));
        Assert.Contains(counts, count => count[0] != 25);
    }

    [Theory]
    [InlineData(0.7, 0.1, 0.1, "Expected shares that sum to 1, got 0.7, 0.1, 0.1, which sum to 0.9.")]
    [InlineData(0.7, 0.1 + 0.2, 0.1, "Expected shares that sum to 1, got 0.7, 0.3, 0.1, which sum to 1.1.")]
    [InlineData(1.2, -0.2, 0, "Expected shares of at least 0, got 1.2, -0.2, 0.")]
    [InlineData(double.NaN, 0.5, 0.5, "Expected shares of at least 0")]
    public void Shares_that_make_no_sense_are_refused(double train, double validation, double test, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Samples.OfLine(10).Split(train, validation, test, seed: 0)).Message);

    [Fact]
    public void SplitMix64_gives_the_published_numbers()
    {
        // The first outputs of Vigna's splitmix64.c from state 1234567.
        SplitMix64 random = SplitMix64.FromState(1234567);

        Assert.Equal(6457827717110365317UL, random.Next());
        Assert.Equal(3203168211198807973UL, random.Next());
        Assert.Equal(9817491932198370423UL, random.Next());
    }

    [Fact]
    public void Every_order_is_equally_likely()
    {
        int[] counts = new int[6];
        for (ulong seed = 0; seed < 6000; seed++)
        {
            int[] order = [0, 1, 2];
            SplitMix64 random = new(seed);
            Rows.Shuffle(order, ref random);
            counts[order[0] * 2 + (order[1] > order[2] ? 1 : 0)]++;
        }

        // Five standard deviations of a binomial(6000, 1/6).
        Assert.All(counts, count => Assert.InRange(count, 1000 - 145, 1000 + 145));
    }

    private static void CheckQuotas(int[] sizes, double[] shares)
    {
        int[,] allocated = Apportionment.Allocate(sizes, shares);
        for (int part = 0; part < shares.Length; part++)
        {
            for (int group = 0; group < sizes.Length; group++)
            {
                Assert.InRange(allocated[group, part] - sizes[group] * shares[part], -1 + 1e-9, 1 - 1e-9);
            }
            int total = Enumerable.Range(0, sizes.Length).Sum(group => allocated[group, part]);
            Assert.InRange(total - sizes.Sum() * shares[part], -1 + 1e-9, 1 - 1e-9);
        }
        for (int group = 0; group < sizes.Length; group++)
        {
            Assert.Equal(sizes[group], Enumerable.Range(0, shares.Length).Sum(part => allocated[group, part]));
        }
    }

    private static int[] CountClasses(Dataset data)
    {
        int[] counts = new int[data.ClassNames.Count];
        foreach (int index in data.Classes)
        {
            counts[index]++;
        }
        return counts;
    }
}
