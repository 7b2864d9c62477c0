using System.Globalization;
using System.Security.Cryptography;
using NetGen.Compiler.Spec;

namespace NetGen.Build;

/// <summary>Reads a weights file for the compiler, which sees only text.</summary>
public static class ManifestStep
{
    private const int MostBytes = WeightsManifest.MostLiterals * sizeof(float);

    /// <summary>The manifest of a file, as text; one of a file that cannot be read says why.</summary>
    /// <param name="name">The file as the project names it.</param>
    /// <param name="path">Where it is.</param>
    public static string Run(string name, string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return Run(name, stream);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Broken(name, "there is no such file; the path is relative to the project");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Broken(name, exception.Message);
        }
    }

    /// <summary>The manifest of what a stream holds from its start to its end, as text.</summary>
    public static string Run(string name, Stream stream)
    {
        try
        {
            return WeightsManifestText.Write(Read(name, stream));
        }
        catch (NetworkFormatException exception)
        {
            string where = exception.Tensor is null ? "" : $"tensor {exception.Tensor}: ";
            return Broken(name, $"{where}expected {exception.Expected}, found {exception.Found}; copy the file again or save it again");
        }
    }

    private static string Broken(string name, string problem) => WeightsManifestText.Write(WeightsManifestText.Broken(name, problem));

    private static WeightsManifest Read(string name, Stream stream)
    {
        // A resource is an array of bytes to the C# compiler.
        if (stream.Length > Array.MaxLength)
        {
            return WeightsManifestText.Broken(
                name, $"it has {stream.Length} bytes, and an assembly holds files of up to {Array.MaxLength}; store its numbers as F16, or load it at run time");
        }
        SafetensorsHeader header = SafetensorsHeader.Read(stream, file: null);
        int headerLength = (int)stream.Position;
        byte[] start = new byte[headerLength];
        stream.Position = 0;
        stream.ReadExactly(start);
        stream.Position = 0;
        return new WeightsManifest(
            name,
            Problem: null,
            stream.Length,
            headerLength,
            HeaderHash.Of(start).ToString("x16", CultureInfo.InvariantCulture),
            Convert.ToHexStringLower(SHA256.HashData(stream)),
            new(header.Metadata.Select(entry => new WeightsMetadata(entry.Key, entry.Value)).OrderBy(entry => entry.Key, StringComparer.Ordinal)),
            new(header.Entries.Select(entry => new WeightsTensor(
                entry.Name, SafetensorsTypes.NameOf(entry.Type), new(entry.Shape), headerLength + (int)entry.Begin, new(ValuesOf(entry))))));

        // What Literals may ask for. The compiler cannot read the file, so a manifest of few numbers holds them in any case.
        float[] ValuesOf(SafetensorsEntry entry)
        {
            if (!SafetensorsTypes.ConvertsToFloat(entry.Type) || stream.Length - headerLength > MostBytes)
            {
                return [];
            }
            byte[] data = new byte[entry.End - entry.Begin];
            stream.Position = headerLength + entry.Begin;
            stream.ReadExactly(data);
            float[] values = new float[data.Length / SafetensorsTypes.SizeOf(entry.Type)];
            SafetensorsNumbers.ToFloats(entry.Type, data, values);
            return values;
        }
    }
}
