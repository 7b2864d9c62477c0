using NetGen;

float[] inputs = [0, 0, 0, 1, 1, 0, 1, 1];

if (args is ["train"])
{
    // Writes xor.safetensors beside the project; the next build puts it into the program.
    float[] targets = [0, 1, 1, 0];
    XorNet net = new(seed: 1);
    Adam adam = new(learningRate: 0.05f);
    float loss = 0;
    for (int step = 0; step < 1000; step++)
    {
        loss = net.TrainStep(inputs, targets, adam);
    }
    net.Save("xor.safetensors");
    Console.WriteLine($"loss {loss:F4}, saved as xor.safetensors");
    return;
}

EmbeddedXorNet trained = new();   // no file beside the program, nothing to load
Span<float> probabilities = stackalloc float[4];
trained.Predict(inputs, probabilities);
Console.WriteLine("a  b  a xor b");
for (int i = 0; i < probabilities.Length; i++)
{
    Console.WriteLine($"{inputs[2 * i]}  {inputs[2 * i + 1]}  {probabilities[i]:F3}");
}
