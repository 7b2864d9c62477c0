namespace NetGen.Training;

/// <summary>Samples in order of falling score, and which of them are positive.</summary>
internal readonly ref struct Ranking
{
    private readonly ReadOnlySpan<float> _scores;
    private readonly ReadOnlySpan<bool> _positive;

    private Ranking(ReadOnlySpan<float> scores, ReadOnlySpan<bool> positive)
    {
        _scores = scores;
        _positive = positive;
        Positives = positive.Count(true);
    }

    public int Count => _scores.Length;

    public int Positives { get; }

    public int Negatives => Count - Positives;

    /// <summary>Sorts in place.</summary>
    public static Ranking Sort(Span<float> scores, Span<bool> positive)
    {
        scores.Sort(positive);
        scores.Reverse();
        positive.Reverse();
        return new Ranking(scores, positive);
    }

    /// <summary>The cuts between samples of different scores, from the highest score down.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>All samples with at least this score taken for positive.</summary>
    /// <param name="Threshold">The score.</param>
    /// <param name="TruePositives">Positive samples among them.</param>
    /// <param name="FalsePositives">Negative samples among them.</param>
    public readonly record struct Cut(float Threshold, int TruePositives, int FalsePositives);

    public ref struct Enumerator(Ranking ranking)
    {
        private readonly Ranking _ranking = ranking;
        private int _next;

        public Cut Current { get; private set; }

        public bool MoveNext()
        {
            if (_next == _ranking.Count)
            {
                return false;
            }
            float threshold = _ranking._scores[_next];
            int truePositives = Current.TruePositives;
            for (; _next < _ranking.Count && _ranking._scores[_next] == threshold; _next++)
            {
                truePositives += _ranking._positive[_next] ? 1 : 0;
            }
            Current = new Cut(threshold, truePositives, _next - truePositives);
            return true;
        }
    }
}
