using System.Diagnostics;
using System.Globalization;
using NetGen.Benchmarks.Workloads;

namespace NetGen.Benchmarks.Measuring;

/// <summary>What the first calls of a network cost in a fresh process, in which nothing has been compiled yet.</summary>
internal static class ColdStart
{
    /// <summary>Training steps that are timed together.</summary>
    public const int Steps = 100;

    private static readonly (string Name, Func<ITrainable> Create, int Batch)[] Networks =
    [
        ("4-16-16-3", () => new TinyClassifier(), 32),
        ("64-256-128-10", () => new DigitsClassifier(), 32),
        ("784-512-512-10", () => new MediumClassifier(), 64),
    ];

    public static IEnumerable<string> Names => Networks.Select(network => network.Name);

    /// <summary>Measures in <paramref name="processes"/> fresh processes and takes medians.</summary>
    public static ColdTimes Measure(string name, int processes)
    {
        ColdTimes[] all = [.. Enumerable.Range(0, processes).Select(_ => RunProcess(name))];
        return new(
            Statistics.Median([.. all.Select(times => times.Creation)]),
            Statistics.Median([.. all.Select(times => times.Prediction)]),
            Statistics.Median([.. all.Select(times => times.Training)]),
            Statistics.Median([.. all.Select(times => times.WarmTraining)]));
    }

    /// <summary>The fresh process: measures itself and writes a line.</summary>
    public static void RunHere(string name)
    {
        (_, Func<ITrainable> create, int batch) = Networks.First(network => network.Name == name);
        long start = Stopwatch.GetTimestamp();
        ITrainable net = create();
        double creation = Stopwatch.GetElapsedTime(start).TotalSeconds;

        float[] inputs = Numbers.Random(batch * net.Info.InputSize, 1).Span.ToArray();
        int[] classes = [.. Enumerable.Range(0, batch).Select(i => i % net.Info.OutputSize)];
        float[] output = new float[net.Info.OutputSize];
        start = Stopwatch.GetTimestamp();
        net.Predict(inputs.AsSpan(0, net.Info.InputSize), output);
        double prediction = Stopwatch.GetElapsedTime(start).TotalSeconds;

        SGD sgd = new(1e-4f);
        double first = Train();
        for (double warm = 0; warm < 1;) warm += Train();
        double[] times = [creation, prediction, first, Train()];
        Console.WriteLine(string.Join(' ', times.Select(time => time.ToString("R", CultureInfo.InvariantCulture))));

        double Train()
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Steps; i++) net.TrainStep(new Batch { Count = batch, Inputs = inputs, Classes = classes }, sgd);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }

    private static ColdTimes RunProcess(string name)
    {
        string[] command = [.. ThisProgram.Command, "cold", name];
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
        double[] times = [.. process.StandardOutput.ReadToEnd().Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        process.WaitForExit();
        return new(times[0], times[1], times[2], times[3]);
    }
}

/// <summary>Seconds in a fresh process.</summary>
/// <param name="Creation">Creating the network.</param>
/// <param name="Prediction">The first prediction, of one sample.</param>
/// <param name="Training">The first <see cref="ColdStart.Steps"/> training steps.</param>
/// <param name="WarmTraining">As many steps a second later, when all is compiled.</param>
internal sealed record ColdTimes(double Creation, double Prediction, double Training, double WarmTraining);
