using System.Text.RegularExpressions;
using NetGen.Testing;

namespace NetGen.Generator.Tests;

public sealed partial class DocumentationTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/language.md")]
    [InlineData("docs/training.md")]
    public void Networks_in_the_documentation_compile(string page)
    {
        string text = File.ReadAllText(Path.Combine(DescriptorTests.Root, page));
        string[] examples = [.. CodeBlock().Matches(text).Select(match => match.Groups["code"].Value).Where(code => code.Contains("[Network", StringComparison.Ordinal))];
        Assert.NotEmpty(examples);
        foreach (string example in examples)
        {
            // Statements before the declarations belong to a program that references more than the runtime.
            string declarations = example[FirstDeclaration(example)..];
            using InMemoryNetworks networks = InMemoryNetworks.Compile($"using NetGen;\n{declarations}");
            Assert.NotEmpty(networks.Specs);
        }
    }

    private static int FirstDeclaration(string code) => DeclarationStart().Match(code).Index;

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^\[(Network|Block)", RegexOptions.Multiline)]
    private static partial Regex DeclarationStart();
}
