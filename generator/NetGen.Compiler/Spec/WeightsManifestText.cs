using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NetGen.Compiler.Spec;

/// <summary>A manifest as the text that the build hands to the compiler: a line a fact, its fields divided by tabs.</summary>
public static class WeightsManifestText
{
    private const string Version = "netgen weights 1";

    /// <summary>Writes a manifest.</summary>
    public static string Write(WeightsManifest manifest)
    {
        var text = new StringBuilder();
        Line(Version);
        Line("file", manifest.File);
        if (manifest.Problem is { } problem)
        {
            Line("problem", problem);
            return text.ToString();
        }
        Line("bytes", Text(manifest.Length), Text(manifest.HeaderLength), manifest.HeaderHash, manifest.Hash);
        foreach (WeightsMetadata entry in manifest.Metadata)
        {
            Line("metadata", entry.Key, entry.Value);
        }
        foreach (WeightsTensor tensor in manifest.Tensors)
        {
            Line("tensor", tensor.Name, tensor.Type, string.Join(",", tensor.Shape.Select(Text)), Text(tensor.Begin), string.Concat(tensor.Values.Select(Bits)));
        }
        Line("end");
        return text.ToString();

        void Line(params string[] fields) => text.Append(string.Join("\t", fields.Select(Escape))).Append('\n');
    }

    /// <summary>Reads a manifest; one that is not whole has a <see cref="WeightsManifest.Problem"/>.</summary>
    /// <param name="text">What <see cref="Write"/> wrote.</param>
    /// <param name="file">The file that it is of.</param>
    public static WeightsManifest Read(string text, string file)
    {
        try
        {
            return Parse(text, file) ?? Unreadable(file);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or IndexOutOfRangeException)
        {
            return Unreadable(file);
        }
    }

    private static WeightsManifest? Parse(string text, string file)
    {
        string[][] lines = [.. text.Split('\n').Select(line => line.Split('\t').Select(Unescape).ToArray())];
        if (lines[0][0] != Version)
        {
            return null;
        }
        if (lines.FirstOrDefault(line => line[0] == "problem") is { } problem)
        {
            return Broken(file, problem[1]);
        }
        string[]? bytes = lines.FirstOrDefault(line => line[0] == "bytes");
        return bytes is null || !lines.Any(line => line[0] == "end") ? null : new(
            file,
            Problem: null,
            Number(bytes[1]),
            checked((int)Number(bytes[2])),
            bytes[3],
            bytes[4],
            new(lines.Where(line => line[0] == "metadata").Select(line => new WeightsMetadata(line[1], line[2]))),
            new(lines.Where(line => line[0] == "tensor").Select(line => new WeightsTensor(line[1], line[2], Shape(line[3]), checked((int)Number(line[4])), Floats(line[5])))));
    }

    /// <summary>The manifest of a file that cannot be read.</summary>
    public static WeightsManifest Broken(string file, string problem) => new(file, problem, 0, 0, "", "", default, default);

    private static WeightsManifest Unreadable(string file) => Broken(file, "what the build wrote about it in obj is not whole; build the project again");

    private static EquatableArray<long> Shape(string text) => new(text.Length == 0 ? [] : text.Split(',').Select(Number));

    // As bits, because they must come out as they went in.
    private static string Bits(float value) => BitConverter.ToInt32(BitConverter.GetBytes(value), 0).ToString("x8", CultureInfo.InvariantCulture);

    private static EquatableArray<float> Floats(string text) => new(Enumerable.Range(0, text.Length / 8).Select(index => FloatOf(text.Substring(8 * index, 8))));

    private static float FloatOf(string bits) => BitConverter.ToSingle(BitConverter.GetBytes(int.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture)), 0);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(int number) => Text((long)number);

    private static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    // Names in a file may hold anything.
    private static string Escape(string field) => field.Replace("\\", "\\\\").Replace("\t", "\\t").Replace("\n", "\\n").Replace("\r", "\\r");

    private static string Unescape(string field)
    {
        if (field.IndexOf('\\') < 0)
        {
            return field;
        }
        var text = new List<char>();
        for (int i = 0; i < field.Length; i++)
        {
            char c = field[i];
            text.Add(c != '\\' ? c : field[++i] switch { 't' => '\t', 'n' => '\n', 'r' => '\r', var other => other });
        }
        return new string([.. text]);
    }
}
