using System.Diagnostics;
using NetGen.Testing;

namespace NetGen.Generator.Tests;

/// <summary>NETG900, which the package's build file raises: the target runs as MSBuild runs it when an app is published.</summary>
public sealed class InstructionSetTests
{
    private const string Line = "add <IlcInstructionSet>avx2,fma</IlcInstructionSet> to the project";

    [Theory]
    [InlineData("-p:PublishAot=true", true)]
    [InlineData("-p:PublishAot=true -p:RuntimeIdentifier=linux-x64", true)]
    [InlineData("-p:PublishAot=true -p:IlcInstructionSet=native", false)]
    [InlineData("-p:PublishAot=true -p:RuntimeIdentifier=osx-arm64", false)]
    [InlineData("-p:PublishTrimmed=true", false)]
    public async Task An_app_compiled_ahead_of_time_is_told_the_line_that_it_lacks(string properties, bool warns)
    {
        string output = await Build(properties);

        Assert.Equal(warns, output.Contains("warning NETG900", StringComparison.Ordinal));
        Assert.Equal(warns, output.Contains(Line, StringComparison.Ordinal));
    }

    private static async Task<string> Build(string properties)
    {
        string targets = Path.Combine(Repository.Root, "runtime/NetGen/buildTransitive/NetGen.targets");
        ProcessStartInfo start = new("dotnet", ["msbuild", targets, "-t:NetGenCheckInstructionSet", "-nologo", .. properties.Split(' ')]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
        return output;
    }
}
