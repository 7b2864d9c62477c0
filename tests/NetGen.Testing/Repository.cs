namespace NetGen.Testing;

/// <summary>Files of the clone that a test or program was built in.</summary>
/// <remarks>
/// Found from where the program lies, not from paths that the compiler writes down: those are others where builds are deterministic. Programs that cannot
/// reference this project compile this file.
/// </remarks>
public static class Repository
{
    /// <summary>The folder with NetGen.slnx.</summary>
    /// <exception cref="DirectoryNotFoundException">The program does not lie in a clone of the repository.</exception>
    public static string Root { get; } = Find();

    /// <summary>A file of <c>tests/fixtures</c>, whose README.md says what each holds.</summary>
    /// <param name="path">From that folder on, such as <c>numpy/float32.npy</c>.</param>
    public static string Fixture(string path) => Path.Combine(Root, "tests", "fixtures", path);

    private static string Find()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "NetGen.slnx"))) return folder;
        }
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has NetGen.slnx; run this program where it was built.");
    }
}
