using System.Globalization;

/// <summary>
/// Command lines of the form <c>--name value --name value</c>, as samples with options take them. What is wrong is a <see cref="FormatException"/>
/// whose message is one line; the samples print it and end with exit code 2.
/// </summary>
internal static class CommandLine
{
    /// <summary>The options in order, each with its value.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="usage">What the program takes, in one line; it follows each message.</param>
    /// <param name="names">The options that there are.</param>
    /// <exception cref="FormatException">An option is unknown, has no value or is given twice.</exception>
    public static IReadOnlyDictionary<string, string> Read(ReadOnlySpan<string> args, string usage, params ReadOnlySpan<string> names)
    {
        OrderedDictionary<string, string> options = [];
        for (int i = 0; i < args.Length; i += 2)
        {
            string name = args[i];
            if (!names.Contains(name))
            {
                throw new FormatException($"unknown option '{name}'; {usage}");
            }
            string value = i + 1 < args.Length ? args[i + 1] : throw new FormatException($"{name} needs a value; {usage}");
            if (!options.TryAdd(name, value))
            {
                throw new FormatException($"{name} is given twice; {usage}");
            }
        }
        return options;
    }

    /// <summary>A whole number.</summary>
    /// <exception cref="FormatException">It is none, or smaller than <paramref name="least"/>.</exception>
    public static int Whole(string name, string value, int least) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least
            ? number
            : throw new FormatException($"{name} expects a whole number of at least {least}, got '{value}'");

    /// <summary>A number of at least 0.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static double Number(string name, string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw new FormatException($"{name} expects a number of at least 0, got '{value}'");

    /// <summary>A number from 0 to 1.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static double Share(string name, string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number is >= 0 and <= 1
            ? number
            : throw new FormatException($"{name} expects a number from 0 to 1, got '{value}'");

    /// <summary>One of some words.</summary>
    /// <exception cref="FormatException">It is another.</exception>
    public static string OneOf(string name, string value, params ReadOnlySpan<string> words) =>
        words.Contains(value) ? value : throw new FormatException($"{name} expects {string.Join(" or ", words)}, got '{value}'");

    /// <summary>The path of a file that is there.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static string ExistingFile(string name, string value) =>
        File.Exists(value) ? value : throw new FormatException($"{name}: there is no file '{value}'");

    /// <summary>The path of a folder that is there.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static string ExistingFolder(string name, string value) =>
        Directory.Exists(value) ? value : throw new FormatException($"{name}: there is no folder '{value}'");

    /// <summary>The path of a file to write, in a folder that is there.</summary>
    /// <exception cref="FormatException">The folder is not there, or the path is that of a folder.</exception>
    public static string NewFile(string name, string value) =>
        value.Length > 0 && !Directory.Exists(value) && Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(value)))
            ? value
            : throw new FormatException($"{name} expects a file in an existing folder, got '{value}'");

    /// <summary>The path of a folder to write to, there or not.</summary>
    /// <exception cref="FormatException">It is empty.</exception>
    public static string Folder(string name, string value) =>
        value.Length > 0 ? value : throw new FormatException($"{name} expects a folder, got ''");
}
