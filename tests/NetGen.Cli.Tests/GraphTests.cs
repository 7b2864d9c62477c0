using System.Globalization;
using System.Xml.Linq;

namespace NetGen.Cli.Tests;

/// <summary>Drawings of graphs.</summary>
public sealed class GraphTests(Assemblies assemblies)
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Mermaid_has_a_node_a_layer_and_an_arrow_a_value()
    {
        Assert.Equal(
            """
            flowchart TB
                n0(["input<br/>Input(64)"])
                n1["dense1<br/>Dense(32)"]
                n2["relu1<br/>ReLU"]
                n3["dense2<br/>Dense(10)"]
                n4(["loss<br/>SoftmaxCrossEntropy"])
                n0 -->|64| n1
                n1 -->|32| n2
                n2 -->|32| n3
                n3 -->|10| n4

            """.ReplaceLineEndings("\n"),
            Ran.Well("graph", assemblies.Both, "--network", "DigitNet"));
    }

    [Fact]
    public void Dot_has_the_skip_of_a_residual_block()
    {
        string dot = Ran.Well("graph", assemblies.Both, "--network", "ResNet", "--format", "dot");

        Assert.StartsWith("digraph \"ResNet\" {\n", dot, StringComparison.Ordinal);
        string add = dot.Split('\n').Single(line => line.Contains("label=\"res1\\n", StringComparison.Ordinal)).Trim().Split(' ')[0];
        Assert.Equal(2, dot.Split('\n').Count(line => line.Contains($"-> {add} ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("ResNet")]
    [InlineData("DeepNet")]
    public void In_a_drawing_no_two_boxes_overlap_and_all_arrows_point_down(string name)
    {
        string file = name == "DeepNet" ? assemblies.TwoHundred : assemblies.Both;
        XElement drawing = XElement.Parse(Ran.Well("graph", file, "--network", name, "--format", "svg"));
        (double X, double Y)[] boxes = [.. drawing.Elements(Svg + "g").Select(box => Place(box.Attribute("transform")!.Value))];
        double width = Number(drawing.Descendants(Svg + "rect").First().Attribute("width")!.Value);

        Assert.All(boxes.SelectMany((box, index) => boxes.Skip(index + 1).Select(other => (box, other))), pair =>
            Assert.True(Math.Abs(pair.box.Y - pair.other.Y) > 42 || Math.Abs(pair.box.X - pair.other.X) > width));
        Assert.All(boxes, box => Assert.InRange(box.X, width / 2, Number(drawing.Attribute("width")!.Value) - (width / 2)));
        Dictionary<string, double> rows = drawing.Elements(Svg + "g").ToDictionary(box => box.Attribute("data-layer")!.Value, box => Place(box.Attribute("transform")!.Value).Y);
        Assert.All(drawing.Elements(Svg + "path"), edge => Assert.True(rows[edge.Attribute("data-from")!.Value] < rows[edge.Attribute("data-to")!.Value]));
    }

    [Fact]
    public void A_chain_with_skips_is_drawn_straight()
    {
        XElement drawing = XElement.Parse(Ran.Well("graph", assemblies.TwoHundred, "--format", "svg"));

        Assert.Single(drawing.Elements(Svg + "g").Select(box => Place(box.Attribute("transform")!.Value).X).Distinct());
    }

    [Fact]
    public void A_graph_is_written_to_a_file()
    {
        string file = assemblies.File("graph.mmd");

        Assert.Equal("", Ran.Well("graph", assemblies.TwoHundred, "--out", file));
        Assert.StartsWith("flowchart TB\n", File.ReadAllText(file), StringComparison.Ordinal);
    }

    private static (double X, double Y) Place(string transform)
    {
        string[] numbers = transform["translate(".Length..^1].Split(' ');
        return (Number(numbers[0]), Number(numbers[1]));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
