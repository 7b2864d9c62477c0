using System.Text.RegularExpressions;
using NetGen.Testing;

namespace NetGen.Generator.Tests;

public sealed partial class DocumentationTests
{
    [Fact]
    public void Every_example_in_the_table_of_layers_compiles()
    {
        string[] examples = [.. LayerExamples];
        string sources = string.Concat(examples.Select((example, index) => $"namespace Example{index} {{ [Network] {example} public sealed partial class Example; }}\n"));
        using InMemoryNetworks networks = InMemoryNetworks.Compile($"using NetGen;\n{sources}\n"
            + "[Block, Dense(16), ReLU] public sealed class Sixteen;\n[Block, LSTM(8)] public sealed class Reader;\n"
            + $"{Functions}");
        Assert.Equal(examples.Length, networks.Specs.Count);
        Assert.Empty(networks.Warnings);
    }

    [Fact]
    public void The_table_of_layers_has_every_layer_with_an_example_of_it()
    {
        IEnumerable<string> all = typeof(LayerAttribute).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract).Select(type => type.Name.Split('`')[0][..^"Attribute".Length]).Distinct();
        MatchCollection rows = LayerRow().Matches(Layers);
        Assert.Equal(all.Order(StringComparer.Ordinal), rows.Select(row => row.Groups["layer"].Value).Distinct().Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.Matches($@"\b{row.Groups["layer"].Value}\b", row.Groups["example"].Value));
    }

    [Fact]
    public void Every_table_stands_in_one_piece() => Assert.All(
        LinkTests.AllPages,
        page => Assert.DoesNotMatch(RowWithoutHead(), File.ReadAllText(Path.Combine(Repository.Root, page)).ReplaceLineEndings("\n")));

    /// <summary>The example of each row of the table.</summary>
    internal static IEnumerable<string> LayerExamples => LayerRow().Matches(Layers).Select(match => match.Groups["example"].Value);

    private static string Layers => File.ReadAllText(Path.Combine(Repository.Root, "docs", "layers.md"));

    /// <summary>The page's own function.</summary>
    private static string Functions => CodeBlock().Matches(Layers).Select(match => match.Groups["code"].Value).Single(code => code.Contains("IActivationFunction", StringComparison.Ordinal));

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^\| `(?<layer>\w+)[^`]*` \|.*`(?<example>\[Input[^`]*)` \|$", RegexOptions.Multiline)]
    private static partial Regex LayerRow();

    /// <summary>A row after an empty line, with no line of hyphens below: what is shown as text, because an empty line ends a table.</summary>
    [GeneratedRegex(@"\n\n\|[^\n]*\|\n(?!\|[ :|-]+\|\n)")]
    private static partial Regex RowWithoutHead();
}
