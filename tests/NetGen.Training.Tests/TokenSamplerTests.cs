namespace NetGen.Training.Tests;

public sealed class TokenSamplerTests
{
    // Probabilities 0.1, 0.4, 0.2, 0.3.
    private static readonly float[] Logits = [MathF.Log(0.1f), MathF.Log(0.4f), MathF.Log(0.2f), MathF.Log(0.3f)];

    [Fact]
    public void Tokens_are_drawn_as_often_as_their_probabilities_say()
    {
        Assert.Equal([0.1, 0.4, 0.2, 0.3], Shares(new TokenSampler(4, seed: 1)), WithinAPercent);
    }

    [Fact]
    public void Temperature_divides_logits()
    {
        // p^2 / sum p^2, and sqrt p / sum sqrt p.
        Assert.Equal([1 / 30.0, 16 / 30.0, 4 / 30.0, 9 / 30.0], Shares(new TokenSampler(4, seed: 2) { Temperature = 0.5f }), WithinAPercent);
        double sum = Math.Sqrt(0.1) + Math.Sqrt(0.4) + Math.Sqrt(0.2) + Math.Sqrt(0.3);
        Assert.Equal(
            [Math.Sqrt(0.1) / sum, Math.Sqrt(0.4) / sum, Math.Sqrt(0.2) / sum, Math.Sqrt(0.3) / sum],
            Shares(new TokenSampler(4, seed: 3) { Temperature = 2 }), WithinAPercent);
    }

    [Fact]
    public void Temperature_0_takes_the_likeliest_and_the_first_of_equal_ones()
    {
        TokenSampler sampler = new(4, seed: 1) { Temperature = 0 };

        Assert.Equal(1, sampler.Next(Logits));
        Assert.Equal(2, sampler.Next([-3, -0f, 0.5f, 0.5f]));
        Assert.Equal(0, sampler.Next([0f, -0f, -1, -2]));
        Assert.Equal(3, sampler.Next([-4, -3, -2, -1]));
    }

    [Fact]
    public void Top_k_leaves_the_k_likeliest()
    {
        Assert.Equal([0, 4 / 7.0, 0, 3 / 7.0], Shares(new TokenSampler(4, seed: 4) { TopK = 2 }), WithinAPercent);
        Assert.Equal([0.1, 0.4, 0.2, 0.3], Shares(new TokenSampler(4, seed: 4) { TopK = 9 }), WithinAPercent);
    }

    [Fact]
    public void Top_p_leaves_the_fewest_that_reach_the_sum()
    {
        // 0.4 + 0.3 is less than 0.75, with 0.2 it is more.
        Assert.Equal([0, 4 / 9.0, 2 / 9.0, 3 / 9.0], Shares(new TokenSampler(4, seed: 5) { TopP = 0.75f }), WithinAPercent);
        Assert.Equal([0, 1, 0, 0], Shares(new TokenSampler(4, seed: 5) { TopP = 0.01f }), WithinAPercent);
    }

    [Fact]
    public void Top_p_counts_among_what_top_k_leaves()
    {
        // 4/7 of the two likeliest reach 0.5 already.
        Assert.Equal([0, 1, 0, 0], Shares(new TokenSampler(4, seed: 6) { TopK = 2, TopP = 0.5f }), WithinAPercent);
    }

    [Fact]
    public void The_same_seed_draws_the_same_and_another_one_something_else()
    {
        Assert.Equal(Draw(new TokenSampler(4, seed: 7), 100), Draw(new TokenSampler(4, seed: 7), 100));
        Assert.NotEqual(Draw(new TokenSampler(4, seed: 7), 100), Draw(new TokenSampler(4, seed: 8), 100));
    }

    [Fact]
    public void Logits_may_be_large_and_minus_infinity_is_never_drawn()
    {
        TokenSampler sampler = new(3, seed: 1);
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal(1, sampler.Next([float.NegativeInfinity, float.MaxValue, -float.MaxValue]));
            Assert.NotEqual(0, sampler.Next([float.NegativeInfinity, 1e30f, 1e30f]));
        }
    }

    [Fact]
    public void What_cannot_be_sampled_is_refused()
    {
        TokenSampler sampler = new(2, seed: 1);

        Assert.Contains("Expected 2 logits, one a token, got 3.", Assert.Throws<ArgumentException>(() => sampler.Next([1, 2, 3])).Message);
        Assert.Contains("The logit of token 1 is NaN", Assert.Throws<ArgumentException>(() => sampler.Next([1, float.NaN])).Message);
        Assert.Contains("The logit of token 0 is Infinity", Assert.Throws<ArgumentException>(() => sampler.Next([float.PositiveInfinity, 0])).Message);
        Assert.Contains(
            "All logits are minus infinity",
            Assert.Throws<ArgumentException>(() => sampler.Next([float.NegativeInfinity, float.NegativeInfinity])).Message);
    }

    [Fact]
    public void Probabilities_draw_what_their_logarithms_draw()
    {
        TokenSampler logits = new(4, seed: 9) { TopP = 0.95f };
        TokenSampler probabilities = new(4, seed: 9) { TopP = 0.95f };
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(logits.Next(Logits), probabilities.NextFromProbabilities([0.1f, 0.4f, 0.2f, 0.3f]));
        }
        Assert.Equal(2, probabilities.NextFromProbabilities([0, 0, 0.01f, 0]));
    }

    [Fact]
    public void Probabilities_that_are_none_are_refused()
    {
        TokenSampler sampler = new(2, seed: 1);

        Assert.Contains("Expected 2 probabilities, one a token, got 1.", Assert.Throws<ArgumentException>(() => sampler.NextFromProbabilities([1])).Message);
        Assert.Contains("The probability of token 1 is -1", Assert.Throws<ArgumentException>(() => sampler.NextFromProbabilities([1, -1])).Message);
        Assert.Contains("The probability of token 0 is NaN", Assert.Throws<ArgumentException>(() => sampler.NextFromProbabilities([float.NaN, 1])).Message);
        Assert.Contains("All probabilities are 0", Assert.Throws<ArgumentException>(() => sampler.NextFromProbabilities([0, 0])).Message);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenSampler(0, seed: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenSampler(2, seed: 1) { Temperature = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenSampler(2, seed: 1) { Temperature = float.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenSampler(2, seed: 1) { TopK = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenSampler(2, seed: 1) { TopP = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenSampler(2, seed: 1) { TopP = 1.5f });
    }

    private static bool WithinAPercent(double expected, double actual) => expected == 0 ? actual == 0 : Math.Abs(expected - actual) < 0.01;

    private static double[] Shares(TokenSampler sampler)
    {
        const int draws = 40_000;
        return [.. Draw(sampler, draws).Concat([0, 1, 2, 3]).CountBy(id => id).OrderBy(pair => pair.Key).Select(pair => (pair.Value - 1) / (double)draws)];
    }

    private static int[] Draw(TokenSampler sampler, int count) => [.. Enumerable.Range(0, count).Select(_ => sampler.Next(Logits))];
}
