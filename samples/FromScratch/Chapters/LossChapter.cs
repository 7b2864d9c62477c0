using NetGen;

namespace FromScratch;

/// <summary>Passes three numbers on, so that the loss sees what we give it.</summary>
[Network(Unroll = Unroll.Never), Input(3), Dense(3, Bias = false), SoftmaxCrossEntropy]
public sealed partial class ThreeClasses;

/// <summary>The same with the loss of numbers.</summary>
[Network(Unroll = Unroll.Never), Input(3), Dense(3, Bias = false), MeanSquaredError]
public sealed partial class ThreeNumbers;

internal static class LossChapter
{
    private static readonly float[] Identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];

    public static void Run(TextWriter output)
    {
        ThreeNumbers numbers = new();
        numbers.Import("dense1.weight", Identity);
        output.WriteLine("predicted 2, 1, 0.5; right 1, 1, 1");
        output.WriteLine($"by hand       ({Text.Of(1)} + {Text.Of(0)} + {Text.Of(0.25)}) / 3 = {Text.Of(1.25 / 3)}");
        output.WriteLine($"ThreeNumbers  {Text.Of(numbers.Forward([2, 1, 0.5f], [1f, 1, 1]))}");
        output.WriteLine();

        ThreeClasses classes = new();
        classes.Import("dense1.weight", Identity);
        float[] logits = [2, 1, 0.1f];
        float[] probabilities = new float[3];
        classes.Predict(logits, probabilities);
        output.WriteLine($"logits        {Text.Row(logits)}");
        output.WriteLine($"e^logit       {Text.Row(logits.Select(MathF.Exp))}");
        output.WriteLine($"probabilities {Text.Row(probabilities)}");
        output.WriteLine($"-log of them  {Text.Row(probabilities.Select(p => -MathF.Log(p)))}");
        output.WriteLine($"loss, by class{Text.Row(Enumerable.Range(0, 3).Select(right => classes.Forward(logits, [right])))}");
        output.WriteLine($"knows nothing {Text.Of(classes.Forward([0, 0, 0], [1]))}, which is log 3");
    }
}
