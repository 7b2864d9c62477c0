using System.CommandLine;
using System.Diagnostics;
using NetGen.Benchmarks.Reports;
using NetGen.Benchmarks.Workloads;

namespace NetGen.Benchmarks.Commands;

/// <summary><c>steps</c>: how long the slowest of many steps of a stream takes, which is what an audio thread asks.</summary>
internal static class StepsCommand
{
    private const int Steps = 100_000;

    public static Command Create()
    {
        Command command = new("steps", $"Measures each of {Steps:N0} steps of a stream: the median and the slowest.");
        command.SetAction(_ =>
        {
            Console.WriteLine(Machine.Summary);
            Console.WriteLine($"{Steps:N0} steps, each with the clock read before and after it");
            Console.WriteLine();
            MarkdownTable table = new(Console.Out, ("network", -12), ("median", 9), ("99.9%", 9), ("99.99%", 9), ("slowest", 9));
            table.WriteHeadings();
            foreach ((string name, Func<IStreaming> create) in StreamWorkloads.Networks)
            {
                double[] seconds = Measure(create());
                table.WriteLine(name, At(0.5), At(0.999), At(0.9999), At(1));

                string At(double share) => Times.Text(seconds[(int)(share * (Steps - 1))]);
            }
        });
        return command;
    }

    /// <summary>Seconds of each step, the fastest first.</summary>
    private static double[] Measure(IStreaming net)
    {
        Action step = StreamWorkloads.Stepper(net, new float[net.StepOutputSize]);
        long[] ticks = new long[Steps];
        // Compilers settle first.
        for (int i = 0; i < Steps; i++) step();
        for (int i = 0; i < Steps; i++)
        {
            long start = Stopwatch.GetTimestamp();
            step();
            ticks[i] = Stopwatch.GetTimestamp() - start;
        }
        return [.. ticks.Order().Select(count => count / (double)Stopwatch.Frequency)];
    }
}
