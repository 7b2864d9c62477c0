using NetGen.CompilerServices;

namespace NetGen.Tests.Kernels;

/// <summary>An attention layer with operands, and its result by the definition, in double.</summary>
public sealed record AttentionCase(int Samples, int QueryTime, int KeyTime, int Heads, int HeadSize, bool Causal = false, int Window = 0, bool IsCross = false, bool HasLengths = false)
{
    public const ulong Seed = 7;
    public const long Step = 3;
    public const int Layer = 2;

    public int Width => Heads * HeadSize;

    public int QueryStep => IsCross ? Width : 3 * Width;

    internal AttentionShape Shape => IsCross ? AttentionShape.Cross(QueryTime, KeyTime, Heads, HeadSize) : AttentionShape.Self(QueryTime, Heads, HeadSize, Causal, Window);

    internal GuardedFloats Queries => GuardedFloats.Random(Samples * QueryTime * QueryStep, 1, -2, 2);

    internal GuardedFloats Memory => GuardedFloats.Random(IsCross ? Samples * KeyTime * 2 * Width : 0, 2, -2, 2);

    /// <summary>From 1 to all steps.</summary>
    public int[] Lengths => HasLengths ? [.. Enumerable.Range(0, Samples).Select(s => QueryTime - (s * 5 % QueryTime))] : [];

    public int[] MemoryLengths => HasLengths && IsCross ? [.. Enumerable.Range(0, Samples).Select(s => 1 + (s * 7 % KeyTime))] : [];

    public int QueriesOf(int sample) => HasLengths ? Lengths[sample] : QueryTime;

    public int KeysOf(int sample) => !HasLengths ? KeyTime : IsCross ? MemoryLengths[sample] : Lengths[sample];

    public bool Sees(int sample, int query, int key) => key < KeysOf(sample) && (!Causal || key <= query) && (Window == 0 || key > query - Window);

    /// <summary>What dropout multiplies a probability by.</summary>
    public double Mask(float rate, int firstSample, int sample, int head, int query, int key)
    {
        if (rate == 0) return 1;
        long row = ((((long)(firstSample + sample) * Heads) + head) * QueryTime) + query;
        long element = (row * ((KeyTime + 3) / 4 * 4)) + key;
        uint bits = Philox.Block((uint)(element / 4), Layer, (ulong)Step, Seed)[(int)(element % 4)];
        return bits < rate * 4294967296.0 ? 0 : 1 / (1 - (double)rate);
    }

    public double[] Exact(double[] queries, double[] memory, float rate = 0, int firstSample = 0)
    {
        var y = new double[Samples * QueryTime * Width];
        for (int s = 0; s < Samples; s++)
        {
            for (int h = 0; h < Heads; h++)
            {
                for (int q = 0; q < QueriesOf(s); q++)
                {
                    double[] scores = [.. Enumerable.Range(0, KeyTime).Select(k => Sees(s, q, k) ? Score(s, h, q, k) : double.NegativeInfinity)];
                    double max = scores.Max();
                    double[] e = [.. scores.Select(score => Math.Exp(score - max))];
                    double sum = e.Sum();
                    for (int k = 0; k < KeyTime; k++)
                    {
                        if (e[k] == 0) continue;
                        double p = e[k] / sum * Mask(rate, firstSample, s, h, q, k);
                        for (int j = 0; j < HeadSize; j++) y[(((s * QueryTime) + q) * Width) + (h * HeadSize) + j] += p * Key(s, h, k, j, 1);
                    }
                }
            }
        }
        return y;

        double Score(int s, int h, int q, int k)
        {
            double sum = 0;
            for (int j = 0; j < HeadSize; j++) sum += queries[(((s * QueryTime) + q) * QueryStep) + (h * HeadSize) + j] * Key(s, h, k, j, 0);
            return sum / Math.Sqrt(HeadSize);
        }

        // A key or, for part 1, a value.
        double Key(int s, int h, int k, int j, int part) => IsCross
            ? memory[(((s * KeyTime) + k) * 2 * Width) + (part * Width) + (h * HeadSize) + j]
            : queries[(((s * KeyTime) + k) * 3 * Width) + ((1 + part) * Width) + (h * HeadSize) + j];
    }
}
