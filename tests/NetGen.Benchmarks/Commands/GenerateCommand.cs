using System.CommandLine;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Reports;

namespace NetGen.Benchmarks.Commands;

/// <summary><c>generate</c>: how long the generator takes for a network, which is what a keystroke in its attributes costs.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        Command command = new("generate", "Measures how long the generator takes for networks of different sizes, once its code is warm.");
        command.SetAction(_ =>
        {
            Console.WriteLine(Machine.Summary);
            Console.WriteLine(
                "the least of many runs; all: from attributes to text, as the C# compiler runs the generator; "
                + "compile: of that what the network's own compiler takes; check: the analyzer's part");
            Console.WriteLine();
            MarkdownTable table = new(
                Console.Out, ("network", -16), ("layers", 6), ("all", 9), ("compile", 9), ("a layer", 9), ("check", 9), ("text", 9));
            table.WriteHeadings();
            // The JIT compiles code that runs often a second time, and takes some seconds until it has.
            GenerationTime.Measure(GeneratedSources.All.First().Source);
            foreach ((string name, string source) in GeneratedSources.All)
            {
                GenerationTime time = GenerationTime.Measure(source);
                table.WriteLine(
                    name,
                    $"{time.Layers}",
                    Times.Text(time.Generate),
                    Times.Text(time.Compile),
                    Times.Text(time.Compile / time.Layers),
                    Times.Text(time.Analyze),
                    $"{time.TextLength / 1024.0:0} kB");
            }
        });
        return command;
    }
}
