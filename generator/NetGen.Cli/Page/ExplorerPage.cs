using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using NetGen.Cli.Drawing;
using NetGen.Cli.Reading;

namespace NetGen.Cli.Page;

/// <summary>Puts the explorer page together: one file without anything to load.</summary>
internal static partial class ExplorerPage
{
    private static readonly string[] Scripts = ["text.js", "highlight.js", "formulas.js", "costs.js", "memory.js", "layer.js", "page.js"];

    /// <param name="network">The network.</param>
    /// <param name="description">The whole text that describes it.</param>
    /// <param name="weights">What its parameters look like; empty where that is not known.</param>
    public static string Write(Network network, string description, IReadOnlyList<TensorStatistics> weights)
    {
        GraphLayout layout = GraphLayout.Of(network);
        return Placeholder().Replace(Resource("page.html"), match => match.Groups["name"].Value switch
        {
            "title" => WebUtility.HtmlEncode(network.Name),
            "style" => Resource("page.css"),
            "width" => layout.Width.ToString("F0", CultureInfo.InvariantCulture),
            "graph" => SvgDrawing.Draw(layout, network, standalone: false),
            "network" => Embedded(description),
            "weights" => Embedded(JsonSerializer.Serialize(weights, JsonModel.Default.IReadOnlyListTensorStatistics)),
            "script" => string.Join('\n', Scripts.Select(Resource)),
            string other => throw new InvalidOperationException($"page.html has a place for '{other}', which nobody fills"),
        });
    }

    [GeneratedRegex(@"\{\{(?<name>\w+)\}\}")]
    private static partial Regex Placeholder();

    /// <summary>JSON that no browser takes for the end of a script.</summary>
    private static string Embedded(string json) => json.Replace("<", "\\u003c", StringComparison.Ordinal);

    private static string Resource(string name)
    {
        using Stream stream = typeof(ExplorerPage).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
