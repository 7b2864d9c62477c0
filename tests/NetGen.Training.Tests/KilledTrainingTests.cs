using System.Diagnostics;

namespace NetGen.Training.Tests;

/// <summary>
/// Trainings in processes of their own, which are killed (SIGKILL, which no process sees coming) at random moments, in the middle of anything: 5 times, or 50 with NETGEN_FULL=1.
/// </summary>
public sealed class KilledTrainingTests : IDisposable
{
    private const int Epochs = 25;

    private static readonly int Kills = Environment.GetEnvironmentVariable("NETGEN_FULL") == "1" ? 50 : 5;

    private readonly string _folder = Directory.CreateTempSubdirectory("netgen-killed-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_training_that_is_killed_and_goes_on_ends_in_the_bits_of_one_that_was_not()
    {
        string expected = await Finish(Path.Combine(_folder, "whole"));
        SplitMix64 random = new(1);
        int kills = 0, trainings = 0;
        string folder = Path.Combine(_folder, "killed0");
        while (kills < Kills)
        {
            using Process process = Start(folder);
            Assert.Equal("begun", await process.StandardOutput.ReadLineAsync());
            await Task.Delay(random.NextBelow(400));
            process.Kill();
            await process.WaitForExitAsync();
            if (await process.StandardOutput.ReadToEndAsync() is { Length: > 0 } output)
            {
                // It was faster, and the next one starts anew.
                Assert.Equal(expected, output.Trim());
                folder = Path.Combine(_folder, $"killed{++trainings}");
                continue;
            }
            kills++;
            foreach (string checkpoint in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.safetensors", SearchOption.AllDirectories) : [])
            {
                Assert.NotEmpty(SafetensorsFile.Read(checkpoint).Tensors);
            }
        }
        Assert.Equal(expected, await Finish(folder));
        Assert.Empty(Directory.GetFiles(folder, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_full_disk_is_an_error_and_leaves_the_checkpoint_before()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "ulimit is the shell's of Unix");
        // The first checkpoint has neither Adam's memories nor the best network yet, and fits into the 8 kB that a file may have.
        using Process process = Start(_folder, "trap '' XFSZ; ulimit -f 16; exec \"$@\"");
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        string path = Path.Combine(_folder, "classes", "last.safetensors");
        Assert.Equal(1, process.ExitCode);
        Assert.StartsWith($"Cannot write '{path}': ", error);
        Assert.Contains("The one before is still there.", error);
        Assert.NotEmpty(SafetensorsFile.Read(path).Tensors);
        Assert.Empty(Directory.GetFiles(_folder, "*.tmp", SearchOption.AllDirectories));
    }

    private static async Task<string> Finish(string folder)
    {
        using Process process = Start(folder);
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output.Split('\n')[1].Trim();
    }

    /// <param name="folder">Where the checkpoints are.</param>
    /// <param name="script">What a shell runs, with the command as its arguments; without one the command is run.</param>
    private static Process Start(string folder, string? script = null)
    {
        string[] command = ["dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "NetGen.KilledTraining.dll"), folder, $"{Epochs}"];
        string[] all = script is null ? command : ["sh", "-c", script, "sh", .. command];
        ProcessStartInfo start = new(all[0], all[1..]) { RedirectStandardOutput = true, RedirectStandardError = script is not null };
        if (script is not null)
        {
            // Otherwise the runtime itself asks for a large file at its start.
            start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        }
        return Process.Start(start)!;
    }
}
