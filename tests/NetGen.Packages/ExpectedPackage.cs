using System.IO.Compression;
using System.Xml.Linq;

namespace NetGen.Packages;

/// <summary>A package as it should be.</summary>
/// <param name="File">Its file's name.</param>
/// <param name="Content">Files that must be in it.</param>
/// <param name="Dependencies">The packages that it may ask for.</param>
internal sealed record ExpectedPackage(string File, IReadOnlyList<string> Content, IReadOnlyList<string> Dependencies)
{
    /// <exception cref="CheckException">The package is not as it should be.</exception>
    public void Check(string folder)
    {
        string path = Path.Combine(folder, File);
        if (!System.IO.File.Exists(path))
        {
            throw new CheckException($"{File}: expected dotnet pack to make it, but there are {string.Join(", ", Directory.GetFiles(folder).Select(Path.GetFileName))}");
        }
        using ZipArchive package = ZipFile.OpenRead(path);
        string[] entries = [.. package.Entries.Select(entry => entry.FullName)];
        if (Content.Except(entries).ToArray() is { Length: > 0 } missing)
        {
            throw new CheckException($"{File}: {string.Join(", ", missing)} is missing among {string.Join(", ", entries)}");
        }
        if (File.EndsWith(".snupkg", StringComparison.Ordinal))
        {
            return;   // symbols only: what else a package needs is in the other one
        }
        using Stream nuspec = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        XElement metadata = XDocument.Load(nuspec).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        string[] dependencies = [.. metadata.Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value)];
        if (!dependencies.Order().SequenceEqual(Dependencies.Order()))
        {
            throw new CheckException($"{File}: expected it to depend on [{string.Join(", ", Dependencies)}], got [{string.Join(", ", dependencies)}]");
        }
        string[] required = ["description", "license", "authors", "readme", "icon"];
        foreach (string absent in required.Except(metadata.Elements().Select(element => element.Name.LocalName)))
        {
            throw new CheckException($"{File}: its nuspec has no {absent}");
        }
    }
}
