using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using NetGen.Testing;

namespace NetGen.Generator.Tests;

/// <summary>What an editor shows of networks and attributes under the mouse.</summary>
public sealed partial class HoverTests
{
    public static TheoryData<string> Elements =>
    [
        .. typeof(NetworkElementAttribute).Assembly.GetExportedTypes()
            .Where(type => !type.IsAbstract && (type.IsSubclassOf(typeof(LayerAttribute)) || type.IsSubclassOf(typeof(LossAttribute)))).Select(type => type.FullName!),
    ];

    [Fact]
    public void A_network_shows_its_own_words_and_the_table_of_its_layers()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            using NetGen;

            /// <summary>Reads a digit.</summary>
            [Network, Input(1, 8, 8), Conv2D(4, 3), ReLU, Flatten, Residual<Inner<int>>, Dense(10), SoftmaxCrossEntropy]
            public sealed partial class DigitNet;

            [Block, Dense(256)] public sealed class Inner<T>;
            """);

        var shown = XElement.Parse(run.Output.GetTypeByMetadataName("DigitNet")!.GetDocumentationCommentXml(cancellationToken: TestContext.Current.CancellationToken)!);
        Assert.Equal("Reads a digit.", shown.Element("summary")!.Value);
        string[] rows = shown.Element("remarks")!.Element("code")!.Value.Trim().Split('\n', StringSplitOptions.TrimEntries);
        Assert.Matches("^layer +output +parameters +FLOPs$", rows[0]);
        Assert.Matches("^input +Input +1x8x8$", rows[1]);
        Assert.Matches(@"^conv2d1 +Conv2D\(4, 3\) +4x8x8 +40 +[\d,]+$", rows[2]);
        Assert.Contains("Residual<Inner<int>>", shown.Value, StringComparison.Ordinal);
        Assert.Matches(@"^total +[\d,]+ +[\d,]+$", rows[^1]);
    }

    [Theory]
    [MemberData(nameof(Elements))]
    public void A_layer_and_a_loss_show_their_formula_and_shapes(string attribute)
    {
        XElement shown = Documented($"T:{attribute}");

        Assert.NotEmpty(shown.Element("summary")!.Value);
        Assert.NotEmpty(shown.Descendants("c"));
        Assert.True(
            shown.Descendants("c").Any(formula => ShapeText().IsMatch(formula.Value)) || ShapeWord().IsMatch(shown.Value),
            $"expected shapes such as <c>[time, features]</c>, or what becomes of the shape, in: {shown.Value}");
    }

    [Fact]
    public void Every_public_member_of_an_attribute_is_documented()
    {
        string[] members =
        [
            .. typeof(NetworkElementAttribute).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Attribute)))
                .SelectMany(type => type.GetProperties().Where(property => property.DeclaringType == type).Select(property => $"P:{type.FullName}.{property.Name}").Prepend($"T:{type.FullName}")),
        ];

        Assert.NotEmpty(members);
        Assert.All(members, member => Assert.NotEmpty(Documented(member).Element("summary")!.Value));
    }

    private static readonly Lazy<Dictionary<string, XElement>> Documentation = new(() =>
        XDocument.Load(Path.ChangeExtension(typeof(NetworkElementAttribute).Assembly.Location, ".xml")).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value));

    private static XElement Documented(string member) =>
        Documentation.Value.TryGetValue(member, out XElement? found) ? found : throw new InvalidOperationException($"expected documentation of {member}, found none");

    [GeneratedRegex(@"\[[a-z]+(, [^\]]+)?\]")]
    private static partial Regex ShapeText();

    [GeneratedRegex(@"\bshapes?\b|\(time, features\)", RegexOptions.IgnoreCase)]
    private static partial Regex ShapeWord();
}
