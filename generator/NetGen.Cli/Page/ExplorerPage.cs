using System.Globalization;
using System.Net;
using System.Text.Json;
using NetGen.Cli.Drawing;
using NetGen.Cli.Reading;

namespace NetGen.Cli.Page;

/// <summary>Puts the explorer page together: one file without anything to load.</summary>
internal static class ExplorerPage
{
    private static readonly string[] Scripts = ["text.js", "highlight.js", "formulas.js", "costs.js", "memory.js", "layer.js", "page.js"];

    /// <param name="network">The network.</param>
    /// <param name="description">The whole text that describes it.</param>
    /// <param name="weights">What its parameters look like; empty where that is not known.</param>
    public static string Write(Network network, string description, IReadOnlyList<TensorStatistics> weights)
    {
        string statistics = JsonSerializer.Serialize(weights, JsonModel.Default.IReadOnlyListTensorStatistics);
        GraphLayout layout = GraphLayout.Of(network);
        string script = string.Join('\n', Scripts.Select(Resource));
        return Resource("page.html")
            .Replace("{{title}}", WebUtility.HtmlEncode(network.Name), StringComparison.Ordinal)
            .Replace("{{width}}", layout.Width.ToString("F0", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{{style}}", Resource("page.css"), StringComparison.Ordinal)
            .Replace("{{graph}}", SvgDrawing.Draw(layout, network, standalone: false), StringComparison.Ordinal)
            .Replace("{{network}}", Embedded(description), StringComparison.Ordinal)
            .Replace("{{weights}}", Embedded(statistics), StringComparison.Ordinal)
            .Replace("{{script}}", script, StringComparison.Ordinal);
    }

    /// <summary>JSON that no browser takes for the end of a script.</summary>
    private static string Embedded(string json) => json.Replace("<", "\\u003c", StringComparison.Ordinal);

    private static string Resource(string name)
    {
        using Stream stream = typeof(ExplorerPage).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
