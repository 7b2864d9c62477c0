using System.Diagnostics;
using System.Globalization;
using NetGen.Benchmarks.Peers;

namespace NetGen.Benchmarks.Measuring;

/// <summary>
/// What the first prediction costs with ONNX Runtime in a fresh process of .NET: the digits network of the samples, whose model lies in memory. In time of
/// the processor, which other programs of the machine do not lengthen.
/// </summary>
internal static class ColdOnnxRuntime
{
    /// <summary>Seconds to load the library, to create the session, and to predict for the first time.</summary>
    public static double[] Measure(PeerConfiguration configuration, int processes)
    {
        double[][] all = [.. Enumerable.Range(0, processes).Select(_ => RunProcess(configuration))];
        return [.. Enumerable.Range(0, 3).Select(part => Statistics.Median([.. all.Select(times => times[part])]))];
    }

    /// <summary>The fresh process: measures itself and writes a line.</summary>
    public static void RunHere(string library)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        INativePeer peer = PeerTable.OnnxRuntime.Load(library);
        TimeSpan loaded = Environment.CpuUsage.TotalTime;
        Action<int> run = peer.Prepare(new Prediction(new Layers(64, 256, 128, 10), 1), NativePeerHost.OnlyVariant);
        TimeSpan prepared = Environment.CpuUsage.TotalTime;
        run(1);
        double[] times = [(loaded - start).TotalSeconds, (prepared - loaded).TotalSeconds, (Environment.CpuUsage.TotalTime - prepared).TotalSeconds];
        Console.WriteLine(string.Join(' ', times.Select(time => time.ToString("R", CultureInfo.InvariantCulture))));
    }

    private static double[] RunProcess(PeerConfiguration configuration)
    {
        string[] command = [.. ThisProgram.Command, "cold-onnx", configuration.Library];
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
        double[] times = [.. process.StandardOutput.ReadToEnd().Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        process.WaitForExit();
        return times;
    }
}
