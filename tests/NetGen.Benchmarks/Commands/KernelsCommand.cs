using System.CommandLine;
using BenchmarkDotNet.Running;

namespace NetGen.Benchmarks.Commands;

/// <summary><c>kernels</c>: BenchmarkDotNet, for those who work on one kernel. Its own options follow.</summary>
internal static class KernelsCommand
{
    public static Command Create()
    {
        Argument<string[]> options = new("options") { Description = "Options of BenchmarkDotNet, such as --filter *MatMul*; all kernels if there is none." };
        Command command = new("kernels", "Measures kernels alone with BenchmarkDotNet.") { options };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(parsed =>
        {
            string[] arguments = [.. parsed.GetValue(options) ?? [], .. parsed.UnmatchedTokens];
            BenchmarkSwitcher.FromAssembly(typeof(KernelsCommand).Assembly).Run(arguments.Length == 0 ? ["--filter", "*"] : arguments, Kernels.KernelConfig.Create());
            return 0;
        });
        return command;
    }
}
