using NetGen;

namespace FromScratch;

[Network(Unroll = Unroll.Never), Input(5), Sigmoid]
public sealed partial class FiveSigmoids;

[Network(Unroll = Unroll.Never), Input(5), Tanh]
public sealed partial class FiveTanhs;

[Network(Unroll = Unroll.Never), Input(5), ReLU]
public sealed partial class FiveReLUs;

/// <summary>Two layers with nothing between them.</summary>
[Network, Input(1), Dense(3), Dense(1)]
public sealed partial class Straight;

/// <summary>The same with a bend.</summary>
[Network, Input(1), Dense(3), ReLU, Dense(1)]
public sealed partial class Bent;

internal static class ActivationChapter
{
    public static void Run(TextWriter output)
    {
        float[] x = [-2, -1, 0, 1, 2];
        output.WriteLine($"x       {Text.Row(x)}");
        Print("sigmoid", new FiveSigmoids());
        Print("tanh", new FiveTanhs());
        Print("relu", new FiveReLUs());
        output.WriteLine();

        output.WriteLine($"straight{Text.Row(Curve(new Straight()))}");
        output.WriteLine($"bent    {Text.Row(Curve(new Bent()))}");

        void Print(string name, IPredictor net)
        {
            float[] y = new float[5];
            net.Predict(x, y);
            output.WriteLine($"{name,-8}{Text.Row(y)}");
        }

        // The same weights in both: three lines, added up.
        float[] Curve(INetwork net)
        {
            net.Import("dense1.weight", [1, 1, -1]);
            net.Import("dense1.bias", [0, -1, 0]);
            net.Import("dense2.weight", [1, -2, 0.5f]);
            net.Import("dense2.bias", [0]);
            float[] y = new float[5];
            net.Predict(x, y);
            return y;
        }
    }
}
