using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Truth;

/// <summary>Attention by its definition: every score, every probability, head by head.</summary>
internal sealed class ReferenceAttention
{
    private readonly Attend _attend;
    private readonly AttentionShape _shape;
    private readonly Bindings _bindings;
    private readonly double[] _queries, _memory;
    private readonly double[] _mask;

    /// <param name="attend">The layer.</param>
    /// <param name="x">What it reads.</param>
    /// <param name="bindings">Of the run.</param>
    /// <param name="maskOf">The factors of a dropout over so many elements.</param>
    public ReferenceAttention(Attend attend, double[][] x, Bindings bindings, Func<Dropout, int, double[]> maskOf)
    {
        (_attend, _shape, _bindings) = (attend, attend.Shape, bindings);
        (_queries, _memory) = (x[0], _shape.IsSelf ? x[0] : x[1]);
        // The runtime counts keys in fours.
        KeyStep = (_shape.Keys + 3) / 4 * 4;
        _mask = attend.Dropout is null ? [] : maskOf(attend.Dropout, bindings.Batch * _shape.Heads * _shape.Queries * KeyStep);
    }

    private int KeyStep { get; }

    private int QueryWidth => _shape.IsSelf ? 3 * _shape.Features : _shape.Features;

    private int MemoryWidth => _shape.IsSelf ? 3 * _shape.Features : 2 * _shape.Features;

    private int KeyOffset => _shape.IsSelf ? _shape.Features : 0;

    public double[] Forward()
    {
        var y = new double[_bindings.Batch * _shape.Queries * _shape.Features];
        foreach ((int sample, int head, int query) in Rows())
        {
            double[] used = Used(sample, head, query, Probabilities(sample, head, query));
            for (int key = 0; key < used.Length; key++)
            {
                for (int feature = 0; feature < _shape.HeadSize; feature++)
                {
                    y[Y(sample, head, query, feature)] += used[key] * _memory[Value(sample, head, key, feature)];
                }
            }
        }
        return y;
    }

    public (double[] OfQueries, double[] OfMemory) Gradients(double[] gradient)
    {
        double[] ofQueries = new double[_queries.Length], ofMemory = _shape.IsSelf ? ofQueries : new double[_memory.Length];
        double scale = 1 / Math.Sqrt(_shape.HeadSize);
        foreach ((int sample, int head, int query) in Rows())
        {
            double[] probabilities = Probabilities(sample, head, query);
            double[] used = Used(sample, head, query, probabilities);
            var ofProbabilities = new double[used.Length];
            for (int key = 0; key < used.Length; key++)
            {
                double dot = 0;
                for (int feature = 0; feature < _shape.HeadSize; feature++)
                {
                    double g = gradient[Y(sample, head, query, feature)];
                    ofMemory[Value(sample, head, key, feature)] += used[key] * g;
                    dot += g * _memory[Value(sample, head, key, feature)];
                }
                ofProbabilities[key] = probabilities[key] == 0 ? 0 : dot * used[key] / probabilities[key];
            }
            double mean = probabilities.Zip(ofProbabilities, (p, g) => p * g).Sum();
            for (int key = 0; key < used.Length; key++)
            {
                double ofScore = probabilities[key] * (ofProbabilities[key] - mean) * scale;
                for (int feature = 0; feature < _shape.HeadSize; feature++)
                {
                    ofQueries[Query(sample, head, query, feature)] += ofScore * _memory[Key(sample, head, key, feature)];
                    ofMemory[Key(sample, head, key, feature)] += ofScore * _queries[Query(sample, head, query, feature)];
                }
            }
        }
        return (ofQueries, ofMemory);
    }

    /// <summary>Every row of scores whose query is real.</summary>
    private IEnumerable<(int Sample, int Head, int Query)> Rows() =>
        from sample in Enumerable.Range(0, _bindings.Batch)
        from head in Enumerable.Range(0, _shape.Heads)
        from query in Enumerable.Range(0, _bindings.LengthOf(sample, _shape.Queries, _attend.HasLengths))
        select (sample, head, query);

    private double[] Probabilities(int sample, int head, int query)
    {
        int length = _bindings.LengthOf(sample, _shape.Keys, _attend.KeysHaveLengths);
        var scores = new double[_shape.Keys];
        for (int key = 0; key < scores.Length; key++)
        {
            bool sees = key < length && (!_shape.IsCausal || key <= query) && (_shape.Window == 0 || key > query - _shape.Window);
            scores[key] = !sees ? double.NegativeInfinity
                : Enumerable.Range(0, _shape.HeadSize).Sum(feature => _queries[Query(sample, head, query, feature)] * _memory[Key(sample, head, key, feature)]) / Math.Sqrt(_shape.HeadSize);
        }
        double largest = scores.Max();
        double[] powers = [.. scores.Select(score => Math.Exp(score - largest))];
        double sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }

    /// <summary>The probabilities that are left by dropout.</summary>
    private double[] Used(int sample, int head, int query, double[] probabilities) => _mask.Length == 0 ? probabilities
        : [.. probabilities.Select((probability, key) => probability * _mask[(((((sample * _shape.Heads) + head) * _shape.Queries) + query) * KeyStep) + key])];

    private int Query(int sample, int head, int query, int feature) => (((sample * _shape.Queries) + query) * QueryWidth) + (head * _shape.HeadSize) + feature;

    private int Key(int sample, int head, int key, int feature) => (((sample * _shape.Keys) + key) * MemoryWidth) + KeyOffset + (head * _shape.HeadSize) + feature;

    private int Value(int sample, int head, int key, int feature) => Key(sample, head, key, feature) + _shape.Features;

    private int Y(int sample, int head, int query, int feature) => (((sample * _shape.Queries) + query) * _shape.Features) + (head * _shape.HeadSize) + feature;
}
