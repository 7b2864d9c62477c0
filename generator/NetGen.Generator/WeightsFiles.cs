using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Compiler.Spec;

namespace NetGen.Generator;

/// <summary>The manifests of weights files, which the build writes and hands over as additional files that carry the name of their weights file.</summary>
internal static class WeightsFiles
{
    /// <summary>The item metadata that marks a manifest; <c>NetGen.targets</c> makes it visible.</summary>
    private const string Metadata = "build_metadata.AdditionalFiles.NetGenWeights";

    /// <summary>The manifest in an additional file; null where it holds something else.</summary>
    public static WeightsManifest? Read(AdditionalText file, AnalyzerConfigOptionsProvider options, CancellationToken cancellationToken) =>
        options.GetOptions(file).TryGetValue(Metadata, out string? name) && name.Length > 0
            ? WeightsManifestText.Read(file.GetText(cancellationToken)?.ToString() ?? "", NameOf(name))
            : null;

    /// <summary>A network together with the manifest of the file that it names.</summary>
    public static NetworkSpec Bind(NetworkSpec spec, IEnumerable<WeightsManifest> manifests) => spec.Weights is null
        ? spec
        : spec with { Weights = spec.Weights with { Manifest = manifests.FirstOrDefault(manifest => manifest.File == spec.Weights.File) } };

    /// <summary>A path as both sides write it, whichever way its slashes lean.</summary>
    public static string NameOf(string path) => path.Replace('\\', '/');
}
