using System.Text;
using NetGen.Cli.Reading;

namespace NetGen.Cli.Drawing;

/// <summary>A network's graph in the languages of Mermaid and Graphviz.</summary>
internal static class GraphText
{
    /// <summary>As Markdown on many sites shows it.</summary>
    public static string Mermaid(Network network)
    {
        StringBuilder text = new("flowchart TB\n");
        foreach ((int index, NetworkLayer layer) in Drawn(network))
        {
            (string open, string close) = layer.Kind == "layer" ? ("[", "]") : ("([", "])");
            text.Append($"    n{index}{open}\"{OfMermaid(layer.Path)}<br/>{OfMermaid(layer.Description)}\"{close}\n");
        }
        foreach (IReadOnlyList<int> edge in network.Edges)
        {
            text.Append($"    n{edge[0]} -->|{network.Layers[edge[0]].Output}| n{edge[1]}\n");
        }
        return text.ToString();
    }

    /// <summary>As <c>dot</c> reads it.</summary>
    public static string Dot(Network network)
    {
        StringBuilder text = new($"digraph \"{OfDot(network.Name)}\" {{\n    node [shape=box, style=rounded, fontname=\"sans-serif\"];\n    edge [fontname=\"sans-serif\", fontsize=10];\n");
        foreach ((int index, NetworkLayer layer) in Drawn(network))
        {
            text.Append($"    n{index} [label=\"{OfDot(layer.Path)}\\n{OfDot(layer.Description)}\"];\n");
        }
        foreach (IReadOnlyList<int> edge in network.Edges)
        {
            text.Append($"    n{edge[0]} -> n{edge[1]} [label=\"{network.Layers[edge[0]].Output}\"];\n");
        }
        return text.Append("}\n").ToString();
    }

    /// <summary>What a drawing shows: a block is drawn as the layers in it.</summary>
    public static IEnumerable<(int Index, NetworkLayer Layer)> Drawn(Network network) => network.Layers.Index().Where(pair => pair.Item.Kind != "block");

    // Labels of Mermaid are HTML; a quote has a name of Mermaid's own.
    private static string OfMermaid(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "#quot;", StringComparison.Ordinal);

    private static string OfDot(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
