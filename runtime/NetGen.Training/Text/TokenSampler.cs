using System.Globalization;

namespace NetGen.Training;

/// <summary>
/// Draws the next token from what a network thinks of each. The same seed, settings and logits give the same tokens. Memory is reserved by the constructor;
/// drawing allocates nothing.
/// </summary>
/// <param name="vocabulary">How many tokens there are, at least 1.</param>
/// <param name="seed">Decides what is drawn.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="vocabulary"/> is below 1.</exception>
/// <example><code>
/// TokenSampler sampler = new(vocabulary.Count, seed: 1) { Temperature = 0.8f, TopP = 0.95f };
/// net.PredictLogits(ids, logits);
/// int next = sampler.Next(logits);
/// </code></example>
public sealed class TokenSampler(int vocabulary, long seed)
{
    // Of each token the order of its logit in the upper half, and its id in the lower one.
    private readonly ulong[] _ranking = new ulong[Setting.That(vocabulary >= 1, vocabulary, "at least 1 token", nameof(vocabulary))];

    private readonly float[] _logits = new float[vocabulary];
    private readonly double[] _probabilities = new double[vocabulary];
    private SplitMix64 _random = new(unchecked((ulong)seed));

    /// <summary>
    /// Divides the logits: below 1 likely tokens become likelier, above 1 all become more alike; 0 always takes the likeliest one. 1 by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public float Temperature { get; init => field = Setting.That(value >= 0 && float.IsFinite(value), value, "a finite number of at least 0"); } = 1;

    /// <summary>Only so many of the likeliest tokens are drawn from; null, the default, for all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int? TopK { get; init => field = Setting.That(value is null or >= 1, value, "at least 1"); }

    /// <summary>
    /// Only the fewest of the likeliest tokens whose probabilities reach this sum are drawn from, after <see cref="Temperature"/> and among those that
    /// <see cref="TopK"/> leaves; 1, the default, for all (Holtzman et al., "The curious case of neural text degeneration", 2020).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0, or above 1.</exception>
    public float TopP { get; init => field = Setting.That(value is > 0 and <= 1, value, "a number above 0 and up to 1"); } = 1;

    /// <summary>Draws a token.</summary>
    /// <param name="logits">One a token: what <c>PredictLogits</c> gives, or logarithms of probabilities. Minus infinity is never drawn.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="ArgumentException">There are not as many logits as tokens, one is NaN or infinite, or none can be drawn.</exception>
    public int Next(ReadOnlySpan<float> logits)
    {
        Rank(logits);
        int best = IdAt(0);
        if (Temperature == 0)
        {
            return best;
        }
        int candidates = Math.Min(TopK ?? logits.Length, logits.Length);
        double sum = 0;
        for (int i = 0; i < candidates; i++)
        {
            // The largest logit is taken off first, so that nothing overflows.
            _probabilities[i] = Math.Exp(((double)logits[IdAt(i)] - logits[best]) / Temperature);
            sum += _probabilities[i];
        }
        if (TopP < 1)
        {
            (candidates, sum) = Nucleus(candidates, TopP * sum);
        }
        return IdAt(Draw(candidates, sum));
    }

    /// <summary>Draws a token from what <c>Predict</c> and <c>Step</c> give where the network ends with a softmax.</summary>
    /// <param name="probabilities">One a token, at least 0; only what they are to each other matters.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="ArgumentException">There are not as many probabilities as tokens, one is negative, NaN or infinite, or all are 0.</exception>
    public int NextFromProbabilities(ReadOnlySpan<float> probabilities)
    {
        if (probabilities.Length != _logits.Length)
        {
            throw new ArgumentException($"Expected {_logits.Length} probabilities, one a token, got {probabilities.Length}.", nameof(probabilities));
        }
        bool any = false;
        for (int id = 0; id < probabilities.Length; id++)
        {
            float probability = probabilities[id];
            if (!(probability >= 0 && float.IsFinite(probability)))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"The probability of token {id} is {probability}; expected a finite number of at least 0."), nameof(probabilities));
            }
            any |= probability > 0;
            _logits[id] = MathF.Log(probability);
        }
        return any ? Next(_logits) : throw new ArgumentException("All probabilities are 0: no token can be drawn.", nameof(probabilities));
    }

    /// <summary>Sorts the tokens by falling logit, and equal ones by id.</summary>
    private void Rank(ReadOnlySpan<float> logits)
    {
        if (logits.Length != _ranking.Length)
        {
            throw new ArgumentException($"Expected {_ranking.Length} logits, one a token, got {logits.Length}.", nameof(logits));
        }
        for (int id = 0; id < logits.Length; id++)
        {
            float logit = logits[id];
            if (float.IsNaN(logit) || float.IsPositiveInfinity(logit))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The logit of token {id} is {logit}; expected a number."), nameof(logits));
            }
            // Adding 0 makes one zero of the two. The bits of positive floats are ordered as they are, those of negative ones the other way round.
            uint bits = BitConverter.SingleToUInt32Bits(logit + 0f);
            uint falling = (bits & 0x80000000) != 0 ? bits : ~bits & 0x7FFFFFFF;
            _ranking[id] = ((ulong)falling << 32) | (uint)id;
        }
        _ranking.AsSpan().Sort();
        if (float.IsNegativeInfinity(logits[IdAt(0)]))
        {
            throw new ArgumentException("All logits are minus infinity: no token can be drawn.", nameof(logits));
        }
    }

    private int IdAt(int rank) => (int)(uint)_ranking[rank];

    /// <summary>The fewest candidates whose weights reach <paramref name="enough"/>, and their sum.</summary>
    private (int Candidates, double Sum) Nucleus(int candidates, double enough)
    {
        double sum = 0;
        for (int i = 0; i < candidates; i++)
        {
            sum += _probabilities[i];
            if (sum >= enough)
            {
                return (i + 1, sum);
            }
        }
        return (candidates, sum);
    }

    private int Draw(int candidates, double sum)
    {
        // 53 random bits: a double from 0 up to, not including, 1.
        double left = _random.NextDouble() * sum;
        for (int i = 0; i < candidates - 1; i++)
        {
            left -= _probabilities[i];
            if (left < 0)
            {
                return i;
            }
        }
        return LastPossible(candidates);
    }

    // Rounding may leave a rest for a token that has no probability.
    private int LastPossible(int candidates)
    {
        while (_probabilities[candidates - 1] == 0)
        {
            candidates--;
        }
        return candidates - 1;
    }
}
