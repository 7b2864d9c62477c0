namespace NetGen.Benchmarks;

/// <summary>Places in the repository that this program was built in.</summary>
internal static class Repository
{
    /// <summary>The folder with NetGen.slnx.</summary>
    /// <exception cref="DirectoryNotFoundException">The program does not lie in a clone of the repository.</exception>
    public static string Root { get; } = Find();

    /// <summary>Where the setup script puts what it downloads: NETGEN_PEERS, or a folder that git ignores.</summary>
    public static string PeersFolder => Environment.GetEnvironmentVariable("NETGEN_PEERS") ?? Path.Combine(Root, "artifacts", "peers");

    private static string Find()
    {
        for (string? folder = AppContext.BaseDirectory; folder != null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "NetGen.slnx"))) return folder;
        }
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has NetGen.slnx; run this program where it was built.");
    }
}
