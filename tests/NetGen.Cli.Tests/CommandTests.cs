using System.Text.Json;

namespace NetGen.Cli.Tests;

/// <summary>What the commands print, and how they fail.</summary>
public sealed class CommandTests(Assemblies assemblies)
{
    [Fact]
    public void A_summary_has_the_layers_of_all_networks_with_their_costs_and_lines()
    {
        string text = Ran.Well("summary", assemblies.Both);

        Assert.Contains("Vision.DigitNet (training)\n2,410 parameters, 9.4 KB; one prediction: ", text, StringComparison.Ordinal);
        Assert.Contains("Vision.ResNet (training)\n", text, StringComparison.Ordinal);
        string row = text.Split('\n').First(line => line.Contains("dense1", StringComparison.Ordinal));
        Assert.Equal(["dense1", "Dense(32)", "32", "2,080", "4,128"], row.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(5));
        Assert.EndsWith("File0.cs:5", row.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_is_found_with_and_without_its_namespace()
    {
        string one = Ran.Well("summary", assemblies.Both, "--network", "ResNet");

        Assert.DoesNotContain("DigitNet", one, StringComparison.Ordinal);
        Assert.Equal(one, Ran.Well("summary", assemblies.Both, "--network", "Vision.ResNet"));
    }

    [Fact]
    public void Json_has_what_the_table_has()
    {
        using JsonDocument json = JsonDocument.Parse(Ran.Well("summary", assemblies.Both, "--json"));

        Assert.Equal(["Vision.DigitNet", "Vision.ResNet"], json.RootElement.EnumerateArray().Select(network => network.GetProperty("fullName").GetString()));
        Assert.Equal(2410, json.RootElement[0].GetProperty("totals").GetProperty("parameters").GetInt64());
    }

    [Fact]
    public void The_description_is_the_constant_itself()
    {
        using JsonDocument json = JsonDocument.Parse(Ran.Well("inspect", assemblies.Both, "--network", "DigitNet", "--json"));

        Assert.Equal(["Predict", "Forward", "Backward"], json.RootElement.GetProperty("passes").EnumerateArray().Select(pass => pass.GetProperty("name").GetString()));
        Assert.Equal(["Predict", "Training"], json.RootElement.GetProperty("memory").EnumerateArray().Select(program => program.GetProperty("name").GetString()));
    }

    [Fact]
    public void A_difference_names_the_layer_and_both_sides()
    {
        string text = Ran.Well("diff", assemblies.Both, assemblies.Changed);
        string[][] rows = [.. text.Split('\n').Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

        Assert.Contains(["Vision.DigitNet", "dense1", "layer", "Dense(32)", "Dense(48)"], rows);
        Assert.Contains(["Vision.DigitNet", "parameters", "2,410", "3,610"], rows);
        Assert.Contains(rows, row => row is ["Vision.ResNet", "relu2", "layer", "ReLU"]);
        Assert.Contains(rows, row => row is ["Vision.ResNet", "tanh1", "layer", "Tanh"]);
        Assert.Equal("Nothing changed.\n", Ran.Well("diff", assemblies.Both, assemblies.Both));
        Assert.Equal("[]\n", Ran.Well("diff", assemblies.Both, assemblies.Both, "--json"));
    }

    [Fact]
    public void Weights_are_listed_with_statistics_and_histograms()
    {
        string file = assemblies.File("numbers.safetensors");
        new SafetensorsFile([new("even", new Shape(2, 4), [0, 1, 2, 3, 4, 5, 6, 7]), new("broken", new Shape(3), [1, float.NaN, 1])]).Write(file);
        string[][] rows = [.. Ran.Well("weights", file).Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

        Assert.Contains(rows, row => row is ["even", "F32", "2x4", "8", "0", "3.5", "7", "2.291", "1", ..]);
        Assert.Contains(rows, row => row is ["broken", "F32", "3", "3", "1", "1", "1", "0", "1", ..]);

        using JsonDocument json = JsonDocument.Parse(Ran.Well("weights", file, "--json"));
        Assert.Equal(8, json.RootElement[0].GetProperty("histogram").EnumerateArray().Sum(bin => bin.GetInt32()));
        Assert.Equal(2, json.RootElement[1].GetProperty("finite").GetInt64());
    }

    [Fact]
    public void Help_names_the_tool_and_its_commands()
    {
        string help = Ran.Well("--help");

        Assert.Contains("netgen [command] [options]", help, StringComparison.Ordinal);
        Assert.All(["summary", "inspect", "graph", "diff", "weights"], command => Assert.Contains($"  {command} <", help, StringComparison.Ordinal));
        Assert.Contains("netgen graph <assembly> [options]", Ran.Well("graph", "--help"), StringComparison.Ordinal);
        Assert.Matches(@"^\d+\.\d+\.\d+", Ran.Well("--version"));
    }

    [Fact]
    public void No_code_of_an_assembly_runs_and_nothing_that_it_references_is_needed()
    {
        string file = assemblies.Compile("Hostile.dll", """
            using NetGen;
            [Network, Input(2), Dense(1), MeanSquaredError] public partial class Line { static Line() => throw new System.InvalidOperationException(); }
            static class Module { [System.Runtime.CompilerServices.ModuleInitializer] internal static void Run() => System.Environment.Exit(99); }
            """);

        Assert.Contains("Line (training)", Ran.Well("summary", file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "Required argument missing for command: 'summary'.", "summary")]
    [InlineData(2, "'--nothing'", "summary", "{both}", "--nothing")]
    [InlineData(2, "'picture'", "graph", "{both}", "--format", "picture")]
    [InlineData(2, "has no network 'Other'; it has Vision.DigitNet, Vision.ResNet", "inspect", "{both}", "--network", "Other")]
    [InlineData(2, "has 2 networks; choose one with --network: Vision.DigitNet, Vision.ResNet", "graph", "{both}")]
    [InlineData(1, "no such file; name the assembly", "summary", "{folder}/nowhere.dll")]
    [InlineData(1, "expected a .NET assembly, found something else", "summary", "{folder}/text.dll")]
    [InlineData(1, "expected networks with what they compiled to, found none; build the project with -p:NetGenInspect=true", "summary", "{folder}/release.dll")]
    [InlineData(1, "no such file; name a .safetensors", "weights", "{folder}/nowhere.safetensors")]
    [InlineData(1, "text.dll", "weights", "{folder}/text.dll")]
    [InlineData(1, "Could not find a part of the path", "inspect", "{both}", "--network", "DigitNet", "--out", "{folder}/nowhere/page.html")]
    public void A_failure_is_one_line_and_an_exit_code(int code, string message, params string[] args)
    {
        File.WriteAllText(assemblies.File("text.dll"), "This is text, and long enough to be taken for a header of something.");
        if (args[^1].EndsWith("release.dll", StringComparison.Ordinal))
        {
            assemblies.Compile("release.dll", "using NetGen; [Network, Input(2), Dense(1)] public partial class Line;", inspect: "false");
        }
        Ran ran = Ran.Command([.. args.Select(arg => arg.Replace("{both}", assemblies.Both, StringComparison.Ordinal).Replace("{folder}", assemblies.Folder, StringComparison.Ordinal))]);

        Assert.Equal((code, ""), (ran.Code, ran.Output));
        Assert.Contains(message, ran.Error, StringComparison.Ordinal);
        Assert.Equal(1, ran.Error.Count(c => c == '\n'));
    }
}
