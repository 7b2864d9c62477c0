using NetGen.Benchmarks.Peers;

namespace NetGen.Benchmarks.Measuring;

/// <summary>
/// What a Debug build of an app costs. The runtime is a Release build whatever the app is, but generated code is compiled with the app, and so are
/// the instances of the runtime's templates that the app's own types fill.
/// </summary>
internal static class DebugCost
{
    private static readonly DebugApp Release = new("Release"), Debug = new("Debug"), OptimizedDebug = new("OptimizedDebug");

    private static readonly (Work Work, double? Limit)[] Works =
    [
        (new Prediction(new(4, 16, 16, 3), 1), null),
        (new Training(new(4, 16, 16, 3), 32, Update.SGD), null),
        (new Prediction(new(784, 128, 10), 1), 1.5),
        (new Training(new(784, 512, 512, 10), 64, Update.SGD), 1.5),
    ];

    /// <summary>Builds the app three times and runs the builds in turns.</summary>
    /// <exception cref="PeerException">The app does not build or does not run.</exception>
    public static IEnumerable<DebugCostResult> Measure(Pace pace)
    {
        DebugApp[] builds = [Release, Debug, OptimizedDebug];
        foreach (DebugApp build in builds) build.Build();

        using PeerProcesses processes = new();
        foreach ((Work work, double? limit) in Works)
        {
            PeerContender[] contenders = [.. builds.Select(build => processes.Best(build, work, threads: 1)!)];
            foreach (PeerContender contender in contenders) contender.Warm(pace);
            double[][] seconds = [.. contenders.Select(_ => new double[pace.Rounds])];
            for (int round = 0; round < pace.Rounds; round++)
            {
                for (int i = 0; i < contenders.Length; i++)
                {
                    Pace.Rest(threads: 1);
                    seconds[i][round] = contenders[i].Measure();
                }
            }
            yield return new(work, Statistics.Median(seconds[0]), Statistics.Median(seconds[1]), Statistics.Median(seconds[2]), limit);
        }
    }
}

/// <summary>Seconds of one repetition in each build.</summary>
/// <param name="Work">What was done.</param>
/// <param name="Release">In a Release build of the app.</param>
/// <param name="Debug">In a Debug build.</param>
/// <param name="OptimizedDebug">In a Debug build with <c>Optimize</c>.</param>
/// <param name="Limit">How many times as slow as Release a Debug build may be; null where nothing is promised.</param>
internal sealed record DebugCostResult(Work Work, double Release, double Debug, double OptimizedDebug, double? Limit)
{
    /// <summary>Whether the promise is kept; null where there is none.</summary>
    public bool? IsMet => Limit is { } limit ? Debug / Release <= limit : null;
}
