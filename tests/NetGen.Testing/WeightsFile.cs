extern alias build;

using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using ManifestStep = build::NetGen.Build.ManifestStep;

namespace NetGen.Testing;

/// <summary>A weights file of a project in memory: what the build makes of it.</summary>
/// <param name="Name">As the project names it.</param>
/// <param name="Content">Its bytes.</param>
public sealed partial record WeightsFile(string Name, byte[] Content)
{
    private AdditionalText? _manifest;

    private WeightsFile(WeightsFile original) => (Name, Content) = (original.Name, original.Content);

    /// <summary>A file that a network saved.</summary>
    public static WeightsFile Of(string name, INetwork network, params float[] golden)
    {
        using MemoryStream stream = new();
        network.Save(stream, golden);
        return new(name, stream.ToArray());
    }

    /// <summary>The final bytes of a network as it is now.</summary>
    public static WeightsFile Frozen(string name, IFreezable network, params float[] golden)
    {
        using MemoryStream stream = new();
        network.Freeze(stream, golden);
        return new(name, stream.ToArray());
    }

    /// <summary>The weights file that an example of the documentation embeds: what its network would write; none where it embeds none.</summary>
    public static IReadOnlyList<WeightsFile> OfExample(string declarations)
    {
        if (EmbeddedNetwork().Match(declarations) is not { Success: true } embedded)
        {
            return [];
        }
        using InMemoryNetworks plain = InMemoryNetworks.Compile($"using NetGen;\n{declarations.Replace(embedded.Value, "[Network]", StringComparison.Ordinal)}");
        (string file, var network) = (embedded.Groups["file"].Value, plain.Create<INetwork>(ClassName().Match(declarations, embedded.Index).Groups["name"].Value));
        return [file.EndsWith(".netgen", StringComparison.Ordinal) ? Frozen(file, (IFreezable)network) : Of(file, network)];
    }

    [GeneratedRegex(@"\[Network(\([^)]*\))?, Weights\(""(?<file>[^""]+)""[^)]*\)\]")]
    private static partial Regex EmbeddedNetwork();

    [GeneratedRegex(@"partial class (?<name>\w+)")]
    private static partial Regex ClassName();

    /// <summary>The manifest for the compiler.</summary>
    public AdditionalText Manifest => _manifest ??= new ManifestText($"obj/{Name}.weights", ManifestStep.Run(Name, new MemoryStream(Content)));

    /// <summary>The resource in the assembly.</summary>
    public ResourceDescription Resource => new($"NetGen.Weights/{Name}", () => new MemoryStream(Content), isPublic: true);

    /// <summary>What the build says of additional files, and of the project.</summary>
    public static AnalyzerConfigOptionsProvider OptionsOf(IEnumerable<WeightsFile> files, IReadOnlyDictionary<string, string> properties) =>
        new Provider(files.ToDictionary(file => file.Manifest.Path, file => file.Name), properties);

    private sealed class ManifestText(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class Provider(Dictionary<string, string> names, IReadOnlyDictionary<string, string> properties) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(properties.ToDictionary(property => $"build_property.{property.Key}", property => property.Value));

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Options(
            names.TryGetValue(textFile.Path, out string? name) ? new Dictionary<string, string> { ["build_metadata.AdditionalFiles.NetGenWeights"] = name } : []);
    }

    private sealed class Options(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
