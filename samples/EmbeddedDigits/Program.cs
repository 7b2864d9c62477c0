using System.Globalization;
using EmbeddedDigits;
using NetGen;

const int BadInput = 2;

if (args.Length > 0)
{
    Console.Error.WriteLine(ImageLines.Usage);
    return BadInput;
}

DigitNet network = new();
Workspace workspace = new(DigitNet.WorkspaceSize);
float[] pixels = new float[DigitNet.InputSize], probabilities = new float[DigitNet.OutputSize];
ImageLines lines = new(Console.In);
try
{
    while (lines.Read(pixels))
    {
        network.Predict(pixels, probabilities, workspace);
        int digit = Array.IndexOf(probabilities, probabilities.Max());
        IEnumerable<string> shares = probabilities.Select(probability => probability.ToString("F3", CultureInfo.InvariantCulture));
        Console.WriteLine($"{digit}  {string.Join(' ', shares)}");
    }
}
catch (FormatException e)
{
    Console.Error.WriteLine(e.Message);
    return BadInput;
}
return 0;
