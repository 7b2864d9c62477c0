using NetGen;

if (args is [var option, ..])
{
    Console.Error.WriteLine($"unknown option '{option}'; this sample takes none");
    return 2;
}

float[] inputs = [0, 0, 0, 1, 1, 0, 1, 1];
float[] targets = [0, 1, 1, 0];

Console.WriteLine("One layer, [Input(2), Dense(1)]");
Perceptron perceptron = new(seed: 1);
int best = Train(perceptron);
PrintTruthTable(perceptron);
Console.WriteLine($"best of all steps: {best} of 4 right; no line has (0, 1) and (1, 0) on one side and (0, 0) and (1, 1) on the other");
Console.WriteLine();

Console.WriteLine("Two layers, [Input(2), Dense(4), Tanh, Dense(1)]");
XorNet net = new(seed: 1);
Train(net);
bool solved = PrintTruthTable(net);
Console.WriteLine(solved ? "XOR solved" : "XOR not solved");
return solved ? 0 : 1;

// Every step sees all four samples. Returns how many were right at the best of all steps.
int Train(ITrainable network)
{
    SGD optimizer = new(learningRate: 0.5f);
    Batch batch = new() { Count = 4, Inputs = inputs, Targets = targets };
    Span<float> predictions = stackalloc float[4];
    int best = 0;
    for (int step = 0; step <= 2000; step++)
    {
        float loss = network.Forward(batch);   // what is wrong
        network.Backward();                    // which way every parameter makes it worse
        optimizer.Step(network);               // a step the other way

        network.Predict(inputs, predictions);
        best = Math.Max(best, CountRight(predictions));
        if (step % 400 == 0)
        {
            Console.WriteLine($"  step {step,4}  loss {loss:F4}");
        }
    }
    return best;
}

int CountRight(ReadOnlySpan<float> predictions)
{
    int right = 0;
    for (int i = 0; i < targets.Length; i++)
    {
        right += (predictions[i] > 0.5f) == (targets[i] > 0.5f) ? 1 : 0;
    }
    return right;
}

// Returns whether each prediction is within 0.1 of the truth.
bool PrintTruthTable(INetwork network)
{
    Span<float> predictions = stackalloc float[4];
    network.Predict(inputs, predictions);
    bool correct = true;
    Console.WriteLine("  a  b  a xor b  predicted");
    for (int i = 0; i < targets.Length; i++)
    {
        Console.WriteLine($"  {inputs[2 * i]}  {inputs[2 * i + 1]}        {targets[i]}      {predictions[i]:F3}");
        correct &= Math.Abs(predictions[i] - targets[i]) < 0.1f;
    }
    return correct;
}
