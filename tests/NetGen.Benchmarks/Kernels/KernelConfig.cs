using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using NetGen.Testing;

namespace NetGen.Benchmarks.Kernels;

/// <summary>How BenchmarkDotNet measures: in this process, since a project that it generates would be built by rules of this repository that are not for it.</summary>
internal static class KernelConfig
{
    public static IConfig Create() =>
        DefaultConfig.Instance
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .WithArtifactsPath(Path.Combine(Repository.Root, "artifacts", "BenchmarkDotNet"));
}
