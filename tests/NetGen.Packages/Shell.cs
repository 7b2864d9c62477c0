using System.Diagnostics;

namespace NetGen.Packages;

/// <summary>Runs the dotnet command.</summary>
internal static class Shell
{
    /// <summary>Runs it and gives what it printed.</summary>
    /// <exception cref="CheckException">Its exit code is not the expected one; the message has the last lines that it printed.</exception>
    public static string Run(string folder, IEnumerable<(string Name, string Value)> environment, params string[] arguments) => Run(0, folder, environment, arguments);

    /// <inheritdoc cref="Run(string, IEnumerable{ValueTuple{string, string}}, string[])"/>
    public static string Run(int exitCode, string folder, IEnumerable<(string Name, string Value)> environment, params string[] arguments)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What dotnet run and MSBuild pass on would make the new project part of this build.
        foreach (string inherited in start.Environment.Keys.Where(key => key.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase) && key != "MSBUILDDISABLENODEREUSE").ToArray())
        {
            start.Environment.Remove(inherited);
        }
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        return process.ExitCode == exitCode
            ? output
            : throw new CheckException($"dotnet {string.Join(' ', arguments)}: expected exit code {exitCode}, got {process.ExitCode}\n{string.Join('\n', output.Split('\n').TakeLast(40))}");
    }
}

/// <summary>A check that failed.</summary>
internal sealed class CheckException(string message) : Exception(message);
