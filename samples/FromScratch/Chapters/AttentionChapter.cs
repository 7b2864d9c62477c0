using NetGen;

namespace FromScratch;

/// <summary>Three steps of two numbers look at each other.</summary>
[Network(Unroll = Unroll.Never), Input(3, 2), SelfAttention(1)]
public sealed partial class Looking;

/// <summary>The same, and each step sees only itself and what came before.</summary>
[Network(Unroll = Unroll.Never), Input(3, 2), SelfAttention(1, Causal = true)]
public sealed partial class LookingBack;

internal static class AttentionChapter
{
    public static void Run(TextWriter output)
    {
        double[][] x = [[1, 0], [0, 1], [2, 0]];
        float[] flat = [1, 0, 0, 1, 2, 0];

        // Queries, keys and values are the steps themselves: all projections are the identity.
        output.WriteLine("step   looks at 0, 1, 2                 by hand          Looking          LookingBack");
        float[] looking = Predict(new Looking(), flat);
        float[] back = Predict(new LookingBack(), flat);
        for (int query = 0; query < 3; query++)
        {
            double[] scores = [.. x.Select(key => (x[query][0] * key[0] + x[query][1] * key[1]) / Math.Sqrt(2))];
            double sum = scores.Sum(Math.Exp);
            double[] shares = [.. scores.Select(score => Math.Exp(score) / sum)];
            double[] mixed = [shares.Zip(x, (share, value) => share * value[0]).Sum(), shares.Zip(x, (share, value) => share * value[1]).Sum()];
            output.WriteLine($"{query,4}{Row(shares)}   {Row(mixed)}   {Text.Row(looking[(2 * query)..(2 * query + 2)])}   {Text.Row(back[(2 * query)..(2 * query + 2)])}".TrimEnd());
        }

        static string Row(double[] numbers) => Text.Row(numbers.Select(number => (float)number));
    }

    private static float[] Predict(INetwork net, float[] input)
    {
        net.Import("selfattention1.in_proj_weight", [1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1]);
        net.Import("selfattention1.in_proj_bias", new float[6]);
        net.Import("selfattention1.out_proj.weight", [1, 0, 0, 1]);
        net.Import("selfattention1.out_proj.bias", [0, 0]);
        float[] result = new float[6];
        net.Predict(input, result);
        return result;
    }
}
