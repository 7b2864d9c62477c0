using System.CommandLine;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Peers;
using NetGen.Benchmarks.Reports;

namespace NetGen.Benchmarks.Commands;

/// <summary><c>startup</c>: the first calls in a fresh process. Its processes are <c>cold</c> and <c>cold-onnx</c>, which nobody else has to start.</summary>
internal static class StartupCommand
{
    private const int Processes = 7;

    public static Command Create()
    {
        Command command = new("startup", "Measures the first prediction and the first training steps of fresh processes.");
        command.SetAction(_ =>
        {
            Console.WriteLine(Machine.Summary);
            Console.WriteLine($"medians of {Processes} processes, {NetGenRuntime.Threads} threads");
            Console.WriteLine();
            MarkdownTable table = new(
                Console.Out, ("network", -14), ("creation", 10), ("first prediction", 16), ("first 100 training steps", 24), ("100 steps later", 15));
            table.WriteHeadings();
            foreach (string name in ColdStart.Names)
            {
                ColdTimes times = ColdStart.Measure(name, Processes);
                table.WriteLine(name, Times.Text(times.Creation), Times.Text(times.Prediction), Times.Text(times.Training), Times.Text(times.WarmTraining));
            }
            foreach (PeerConfiguration configuration in PeerTable.OnnxRuntime.Configurations(threads: 1))
            {
                double[] times = ColdOnnxRuntime.Measure(configuration, Processes);
                Console.WriteLine();
                double size = new FileInfo(configuration.Library).Length / 1e6;
                Console.WriteLine($"ONNX Runtime, a library of {size:F1} MB, and 64-256-128-10, time of the processor:");
                Console.WriteLine($"load the library {Times.Text(times[0])}, create the session {Times.Text(times[1])}, first prediction {Times.Text(times[2])}");
            }
        });
        return command;
    }

    public static Command CreateProcess()
    {
        Argument<string> network = new("network");
        network.AcceptOnlyFromAmong([.. ColdStart.Names]);
        Command command = new("cold", "Measures the first calls of a network in this process.") { network };
        command.Hidden = true;
        command.SetAction(parsed => ColdStart.RunHere(parsed.GetValue(network)!));
        return command;
    }

    public static Command CreateOnnxProcess()
    {
        Argument<string> library = new("library");
        Command command = new("cold-onnx", "Measures the first calls of ONNX Runtime in this process.") { library };
        command.Hidden = true;
        command.SetAction(parsed => ColdOnnxRuntime.RunHere(parsed.GetValue(library)!));
        return command;
    }
}
