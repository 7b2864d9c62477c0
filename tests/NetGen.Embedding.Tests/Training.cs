namespace NetGen.Embedding.Tests;

/// <summary>A few steps of training, so that all parameters and state are what no initialiser gives, and predictions to compare.</summary>
internal static class Training
{
    /// <summary>Trains a network on some samples and returns it.</summary>
    public static ITrainable Train(ITrainable network)
    {
        float[] inputs = Numbers(4 * network.Info.InputSize);
        network.FitPreprocessing(inputs);
        Adam optimizer = new(1e-2f);
        for (int step = 0; step < 3; step++)
        {
            network.TrainStep(
                network.Info.Loss == LossKind.SoftmaxCrossEntropy
                    ? new Batch { Count = 4, Inputs = inputs, Classes = [0, 1, 0, 1] }
                    : new Batch { Count = 4, Inputs = inputs, Targets = Numbers(4 * network.Info.OutputSize) },
                optimizer);
        }
        return network;
    }

    /// <summary>The outputs of some samples.</summary>
    public static float[] Predict(IPredictor network)
    {
        float[] outputs = new float[5 * network.Info.OutputSize];
        network.Predict(Numbers(5 * network.Info.InputSize), outputs);
        return outputs;
    }

    /// <summary>The outputs of the first sample, step by step.</summary>
    public static float[] Steps(IStreaming network)
    {
        float[] inputs = Numbers(network.Info.InputSize);
        StreamState state = network.NewState();
        float[] output = new float[network.StepOutputSize];
        List<float> outputs = [];
        for (int start = 0; start < inputs.Length; start += network.StepInputSize)
        {
            network.Step(inputs.AsSpan(start, network.StepInputSize), state, output);
            outputs.AddRange(output);
        }
        return [.. outputs];
    }

    /// <summary>Numbers that no two of are equal.</summary>
    public static float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => MathF.Sin(1.7f * i))];

    /// <summary>To compare to the bit.</summary>
    public static int[] Bits(ReadOnlySpan<float> values) => [.. values.ToArray().Select(BitConverter.SingleToInt32Bits)];
}
