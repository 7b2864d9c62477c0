namespace NetGen.Tests.Files;

/// <summary>A folder of a test's own, gone when the test is.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("netgen-test-");

    public string Path(string name) => System.IO.Path.Combine(_directory.FullName, name);

    public string[] Names() => [.. _directory.EnumerateFiles().Select(file => file.Name)];

    public void Dispose() => _directory.Delete(recursive: true);
}
