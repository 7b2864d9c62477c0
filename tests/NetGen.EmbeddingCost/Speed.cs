using System.Globalization;
using System.Runtime.InteropServices;
using NetGen.Testing;

namespace NetGen.EmbeddingCost;

/// <summary>A network that can be trained beside the same one that only predicts.</summary>
internal static partial class Speed
{
    private const int Rounds = 25;

    /// <summary>A row of the table: the smallest CPU time of one sample over rounds that take turns, what the classes add to the app, and the numbers that they compute with.</summary>
    public static string Compare(string file, string name)
    {
        string source = File.ReadAllText(Path.Combine(Repository.Root, "samples", "MlPerfTiny", $"{file}.cs"));
        using InMemoryNetworks plain = InMemoryNetworks.Compile(source);
        IFreezable trained = plain.Create<IFreezable>(name, 1L, 0);
        WeightsFile weights = WeightsFile.Frozen("net.netgen", trained);
        using InMemoryNetworks frozen = InMemoryNetworks.Compile(
            [weights], source.Replace("[Network]", "[Network(Mode = NetworkMode.Inference), Weights(\"net.netgen\")]", StringComparison.Ordinal));
        IPredictor predictor = frozen.Create<IPredictor>(name);

        (double First, double Second) best = (double.MaxValue, double.MaxValue);
        (Turn(trained, 0.3), Turn(predictor, 0.3)).ToString();   // the JIT compiles
        for (int round = 0; round < Rounds; round++)
        {
            best = (Math.Min(best.First, Turn(trained, 0.02)), Math.Min(best.Second, Turn(predictor, 0.02)));
        }
        int numbers = trained.Info.ParameterCount + trained.Info.State.Sum(tensor => tensor.Shape.Count);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-13} | {best.First,15:F1} us | {best.Second,12:F1} us | {best.First / best.Second,5:F3} | "
            + $"{plain.CodeSize / 1024,5} -> {frozen.CodeSize / 1024,2} kB | {numbers:N0} -> {predictor.Info.ParameterCount:N0}");
    }

    /// <summary>Microseconds of this thread's CPU time for one sample, over a turn of so many seconds.</summary>
    private static double Turn(IPredictor network, double seconds)
    {
        float[] input = [.. Enumerable.Range(0, network.Info.InputSize).Select(i => MathF.Sin(i))];
        float[] output = new float[network.Info.OutputSize];
        Workspace workspace = new(network.WorkspaceSize);
        network.Predict(input, output, workspace);
        long count = 0;
        double start = CpuSeconds();
        double end;
        do
        {
            network.Predict(input, output, workspace);
            count++;
            end = CpuSeconds();
        }
        while (end - start < seconds);
        return (end - start) / count * 1e6;
    }

    private static double CpuSeconds()
    {
        const int threadCpuTime = 3;   // CLOCK_THREAD_CPUTIME_ID of Linux
        _ = GetTime(threadCpuTime, out Time time);
        return time.Seconds + (time.Nanoseconds * 1e-9);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
