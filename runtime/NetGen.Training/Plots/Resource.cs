namespace NetGen.Training;

/// <summary>Files that are embedded in this assembly.</summary>
internal static class Resource
{
    public static string Read(string name)
    {
        using Stream stream = typeof(Resource).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
