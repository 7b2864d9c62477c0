using System.Diagnostics;
using NetGen;

/// <summary>How long a prediction of one sample takes.</summary>
internal static class Latency
{
    private const int LeastRuns = 201;
    private const int MostRuns = 20_001;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Measuring = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The median over a second of predictions on the calling thread, in a workspace of its own, after half a second in which the JIT compiles.
    /// </summary>
    public static TimeSpan Median(INetwork network)
    {
        float[] input = new float[network.Info.InputSize];
        float[] output = new float[network.Info.OutputSize];
        Workspace workspace = new(network.WorkspaceSize);
        Random random = new(1);
        for (int i = 0; i < input.Length; i++)
        {
            input[i] = random.NextSingle();
        }
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;)
        {
            network.Predict(input, output, workspace);
        }
        List<TimeSpan> times = new(MostRuns);
        for (long start = Stopwatch.GetTimestamp();
            times.Count < LeastRuns || (times.Count < MostRuns && Stopwatch.GetElapsedTime(start) < Measuring);)
        {
            long begun = Stopwatch.GetTimestamp();
            network.Predict(input, output, workspace);
            times.Add(Stopwatch.GetElapsedTime(begun));
        }
        times.Sort();
        return times[times.Count / 2];
    }
}
