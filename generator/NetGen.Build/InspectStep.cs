using System.Text.Json;

namespace NetGen.Build;

/// <summary>Writes what the networks of an assembly compiled to into files beside it.</summary>
public static class InspectStep
{
    /// <summary>Writes a file a network, and removes those of networks that are gone.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="folder">Where to: <c>obj/.../NetGen</c>, whose other files stay.</param>
    public static void Run(string assembly, string folder)
    {
        var files = InspectionConstants.Read(assembly).ToDictionary(NameOf, json => json);
        if (!Directory.Exists(folder) && files.Count == 0)
        {
            return;
        }
        Directory.CreateDirectory(folder);
        foreach (string stale in Directory.EnumerateFiles(folder, "*.json").Where(file => !files.ContainsKey(Path.GetFileName(file))))
        {
            File.Delete(stale);
        }
        foreach ((string name, string json) in files)
        {
            File.WriteAllText(Path.Combine(folder, name), json + "\n");
        }
    }

    /// <summary>The network's full name: two namespaces may have a class of one name.</summary>
    private static string NameOf(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return $"{document.RootElement.GetProperty("fullName").GetString()}.json";
    }
}
