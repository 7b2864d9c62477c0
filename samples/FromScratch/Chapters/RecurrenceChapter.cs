using NetGen;

namespace FromScratch;

/// <summary>One unit that sees three numbers, one after the other.</summary>
[Network(Streaming = true), Input(3, 1), SimpleRNN(1)]
public sealed partial class OneUnit;

/// <summary>Reads twelve numbers; only the first matters.</summary>
[Network, Input(12, 1), LSTM(8, ReturnSequences = false), Dense(2), SoftmaxCrossEntropy]
public sealed partial class Remembering;

internal static class RecurrenceChapter
{
    public static void Run(TextWriter output)
    {
        float[] x = [1, 0, 0];
        OneUnit net = new();
        net.Import("simplernn1.weight_ih_l0", [1]);
        net.Import("simplernn1.weight_hh_l0", [0.8f]);
        net.Import("simplernn1.bias_ih_l0", [0]);
        net.Import("simplernn1.bias_hh_l0", [0]);
        float[] sequence = new float[3];
        net.Predict(x, sequence);
        StreamState state = net.NewState();
        float[] live = new float[1];
        output.WriteLine("step  x   by hand  Predict    Step");
        double h = 0;
        for (int t = 0; t < 3; t++)
        {
            h = Math.Tanh(1 * x[t] + 0.8 * h);
            net.Step(x.AsSpan(t, 1), state, live);
            output.WriteLine($"{t,4}  {x[t]}{Text.Of(h),10}{Text.Of(sequence[t]),9}{Text.Of(live[0]),8}");
        }
        output.WriteLine();

        // Sequences that begin with 1 or -1 and go on with noise.
        (float[] inputs, int[] classes) = Sequences(count: 256, seed: 1);
        (float[] newInputs, int[] newClasses) = Sequences(count: 256, seed: 2);
        Remembering memory = new(seed: 1);
        Adam adam = new(learningRate: 0.02f);
        output.WriteLine($"loss at the start {Text.Of(Loss(), "0.0")}");
        for (int step = 0; step < 300; step++)
        {
            memory.TrainStep(inputs, classes, adam);
        }
        float[] probabilities = new float[2 * 256];
        memory.Predict(newInputs, probabilities);
        int right = newClasses.Where((actual, i) => probabilities[2 * i + actual] > 0.5f).Count();
        output.WriteLine($"after 300 steps {Text.Of(Loss(), "0.0")}; {right} of 256 new sequences right");

        float Loss() => memory.Forward(inputs, classes);
    }

    private static (float[] Inputs, int[] Classes) Sequences(int count, int seed)
    {
        Random random = new(seed);
        float[] inputs = new float[count * 12];
        int[] classes = new int[count];
        for (int i = 0; i < count; i++)
        {
            classes[i] = random.Next(2);
            inputs[12 * i] = 2 * classes[i] - 1;
            for (int t = 1; t < 12; t++)
            {
                inputs[12 * i + t] = (float)(random.NextDouble() - 0.5);
            }
        }
        return (inputs, classes);
    }
}
