/// <summary>
/// A model of characters that looks at the last n - 1 of them: interpolated, modified Kneser-Ney smoothing, which backs off from what it has not seen to shorter
/// contexts (Chen and Goodman, "An empirical study of smoothing techniques for language modeling", 1999). Nothing is tuned on words that are tested with.
/// </summary>
internal sealed class NGram
{
    private readonly int _order;
    private readonly int _characters;

    // For each length of context, what was seen behind it.
    private readonly Dictionary<long, Context>[] _contexts;
    private readonly double[][] _discounts;

    /// <summary>Counts.</summary>
    /// <param name="order">Characters that are looked at, the predicted one among them.</param>
    /// <param name="characters">How many different ones there are, ids from 0.</param>
    /// <param name="words">Ids; the first of each is the edge, which is never predicted there, and stands before it as often as a context needs.</param>
    public NGram(int order, int characters, IEnumerable<int[]> words)
    {
        _order = order;
        _characters = characters;
        _contexts = [.. Enumerable.Range(0, order).Select(_ => new Dictionary<long, Context>())];
        Count([.. words]);
        _discounts = [.. _contexts.Select(Discounts)];
    }

    /// <summary>The mean of <c>-ln p</c> over all characters of the words but the first edge of each.</summary>
    public double Loss(IEnumerable<int[]> words)
    {
        double sum = 0;
        long count = 0;
        foreach (int[] word in words)
        {
            for (int i = 1; i < word.Length; i++)
            {
                sum -= Math.Log(Probability(word, i));
                count++;
            }
        }
        return sum / count;
    }

    /// <summary>The probability of character <paramref name="at"/> of a word after those before it.</summary>
    private double Probability(int[] word, int at)
    {
        double probability = 1.0 / _characters;
        for (int length = 0; length < _order; length++)
        {
            if (!_contexts[length].TryGetValue(Key(word, at, length), out Context? context))
            {
                // A longer one has not been seen either.
                break;
            }
            double[] discount = _discounts[length];
            double taken = 0;
            for (int count = 1; count <= 3; count++)
            {
                taken += discount[count] * context.CountsOf[count];
            }
            int seen = context.Counts[word[at]];
            probability = (seen - discount[Math.Min(seen, 3)] + taken * probability) / context.Total;
        }
        return probability;
    }

    // The longest contexts, and those from a word's start, count how often a character stood behind them; the others behind how many different characters the two
    // stood.
    private void Count(int[][] words)
    {
        HashSet<long> seen = [];
        for (int length = _order - 1; length >= 0; length--)
        {
            bool longest = length == _order - 1;
            seen.Clear();
            foreach (int[] word in words)
            {
                for (int at = 1; at < word.Length; at++)
                {
                    if (longest || at <= length || seen.Add(Key(word, at, length + 1) * _characters + word[at]))
                    {
                        long key = Key(word, at, length);
                        if (!_contexts[length].TryGetValue(key, out Context? context))
                        {
                            _contexts[length].Add(key, context = new Context(_characters));
                        }
                        context.Counts[word[at]]++;
                    }
                }
            }
            foreach (Context context in _contexts[length].Values)
            {
                context.Sum();
            }
        }
    }

    /// <summary>What is taken off counts of 1, 2 and 3 or more, from how many counts are 1, 2, 3 and 4; 0 off a count of 0.</summary>
    private static double[] Discounts(Dictionary<long, Context> contexts)
    {
        double[] counts = new double[5];
        foreach (int count in contexts.Values.SelectMany(context => context.Counts).Where(count => count is >= 1 and <= 4))
        {
            counts[count]++;
        }
        double y = counts[1] / (counts[1] + 2 * counts[2]);
        double Discount(int count) => counts[count] > 0 && counts[1] > 0 ? Math.Clamp(count - (count + 1) * y * counts[count + 1] / counts[count], 0, count) : count * 0.5;
        return [0, Discount(1), Discount(2), Discount(3)];
    }

    /// <summary>The last <paramref name="length"/> characters before a place as one number, edges where the word has not begun.</summary>
    private long Key(int[] word, int at, int length)
    {
        long key = 0;
        for (int i = at - length; i < at; i++)
        {
            key = key * _characters + (i < 0 ? word[0] : word[i]);
        }
        return key;
    }

    /// <summary>What was seen behind one context.</summary>
    private sealed class Context(int characters)
    {
        public int[] Counts { get; } = new int[characters];

        public int Total { get; private set; }

        /// <summary>How many characters were counted once, twice, and more often; at 0 nothing.</summary>
        public int[] CountsOf { get; } = new int[4];

        public void Sum()
        {
            foreach (int count in Counts.Where(count => count > 0))
            {
                Total += count;
                CountsOf[Math.Min(count, 3)]++;
            }
        }
    }
}
