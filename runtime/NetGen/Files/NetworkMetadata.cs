using System.Globalization;

namespace NetGen;

/// <summary>What NetGen writes into the metadata of its files.</summary>
internal static class NetworkMetadata
{
    /// <summary>The newest version of the files that this library knows, and the one that it writes.</summary>
    public const int Version = 1;

    private const string VersionKey = "netgen.version";
    private const string NameKey = "netgen.network";
    private const string ArchitectureKey = "netgen.architecture";
    private const string StepKey = "netgen.step";

    /// <summary>The metadata of a network's file.</summary>
    public static Dictionary<string, string> Of(INetwork network) =>
        new(Of(network.Info)) { [StepKey] = network.StepCount.ToString(CultureInfo.InvariantCulture) };

    /// <summary>The metadata of a file of anything that belongs to networks of one architecture.</summary>
    public static Dictionary<string, string> Of(NetworkInfo info) => new()
    {
        ["format"] = "pt", // Python's loaders ask for it; the names and shapes are PyTorch's.
        [VersionKey] = Version.ToString(CultureInfo.InvariantCulture),
        [NameKey] = info.Name,
        [ArchitectureKey] = info.ArchitectureHash,
    };

    /// <summary>Refuses a version that this library does not know. A file without one is not NetGen's and welcome.</summary>
    /// <exception cref="NetworkFormatException">The version is newer, or not a number.</exception>
    public static void CheckVersion(SafetensorsFile file, string? name)
    {
        if (!file.Metadata.TryGetValue(VersionKey, out string? text))
        {
            return;
        }
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int version) || version < 1)
        {
            throw NetworkFormatException.Create(name, null, $"{VersionKey} from 1 to {Version}", $"'{text}'", SafetensorsHeader.Damaged);
        }
        if (version > Version)
        {
            throw NetworkFormatException.Create(
                name, null, $"{VersionKey} of at most {Version}", $"{version}", "A newer NetGen wrote the file: update the NetGen package.");
        }
    }

    /// <summary>The steps that the network had taken; null where the file does not say.</summary>
    /// <exception cref="NetworkFormatException">It is not a number.</exception>
    public static long? StepOf(SafetensorsFile file, string? name)
    {
        if (!file.Metadata.TryGetValue(StepKey, out string? text))
        {
            return null;
        }
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long step)
            ? step
            : throw NetworkFormatException.Create(
                name, null, $"{StepKey} that is a whole number of at least 0", $"'{text}'", SafetensorsHeader.Damaged);
    }

    /// <summary>Whether the file says that it is of this architecture; null where it says nothing.</summary>
    public static bool? IsOf(SafetensorsFile file, NetworkInfo info) =>
        file.Metadata.TryGetValue(ArchitectureKey, out string? hash) ? hash == info.ArchitectureHash : null;

    /// <summary>The name of the network that a file says it is of.</summary>
    public static string NameOf(SafetensorsFile file) => file.Metadata.GetValueOrDefault(NameKey, "(unnamed)");
}
