using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NetGen.Benchmarks.Reports;

/// <summary>What the measurements were made on.</summary>
internal static class Machine
{
    public static string Processor { get; } = ProcessorName();

    public static int Cores => Environment.ProcessorCount;

    /// <summary>The widest vectors that .NET uses.</summary>
    public static int VectorBits =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 32;

    public static string Runtime => RuntimeInformation.FrameworkDescription;

    public static string System => RuntimeInformation.OSDescription;

    public static string Summary => $"{Processor}, {Cores} cores, {VectorBits}-bit vectors, {Runtime}, {System}";

    private static string ProcessorName()
    {
        const string linuxFile = "/proc/cpuinfo";
        string? line = File.Exists(linuxFile) ? File.ReadLines(linuxFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line is null ? $"{RuntimeInformation.ProcessArchitecture}" : line[(line.IndexOf(':') + 1)..].Trim();
    }
}
