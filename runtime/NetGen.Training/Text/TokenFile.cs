using System.Text;

namespace NetGen.Training;

/// <summary>The text file of a vocabulary: <c>NetGen vocabulary of characters</c>, and one token a line.</summary>
internal static class TokenFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Write(string path, string kind, IEnumerable<string> tokens)
    {
        // One line break everywhere: the same vocabulary is the same file.
        byte[] file = Utf8.GetBytes(string.Concat(tokens.Select(token => Escape(token) + "\n").Prepend(Title(kind) + "\n")));
        WholeFile.Write(path, stream => stream.Write(file));
    }

    /// <param name="path">The file.</param>
    /// <param name="kind">What its first line must say.</param>
    /// <param name="expected">What was expected where a token cannot be one; null where it can.</param>
    /// <exception cref="DatasetFormatException">It is another file, or a line is no token or is there twice.</exception>
    public static string[] Read(string path, string kind, Func<string, string?> expected)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string text = ReadText(path);
        string[] lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        if (lines[0] != Title(kind))
        {
            throw new DatasetFormatException($"{path}, line 1: expected '{Title(kind)}', the first line of a vocabulary's file.") { File = path, Line = 1 };
        }
        // The last line ends too.
        string[] tokens = lines[1..(lines[^1].Length == 0 ? ^1 : ^0)];
        if (tokens.Length == 0)
        {
            throw new DatasetFormatException($"{path} has no tokens; expected one a line.") { File = path };
        }
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < tokens.Length; i++)
        {
            string? token = Unescape(tokens[i]);
            string? problem = token is null ? @"\n, \r, \t or \\ where there is a backslash" : !seen.Add(token) ? "each token once" : expected(token);
            if (problem is not null)
            {
                throw new DatasetFormatException($"{path}, line {i + 2}: expected {problem}, got '{tokens[i]}'.") { File = path, Line = i + 2 };
            }
            tokens[i] = token!;
        }
        return tokens;
    }

    public static string Escape(string token) => token
        .Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("\n", @"\n", StringComparison.Ordinal)
        .Replace("\r", @"\r", StringComparison.Ordinal)
        .Replace("\t", @"\t", StringComparison.Ordinal);

    /// <returns>Null where a backslash stands before something else.</returns>
    private static string? Unescape(string line)
    {
        StringBuilder token = new(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] != '\\')
            {
                token.Append(line[i]);
                continue;
            }
            i++;
            char? escaped = i < line.Length ? line[i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', '\\' => '\\', _ => null } : null;
            if (escaped is null)
            {
                return null;
            }
            token.Append(escaped);
        }
        return token.ToString();
    }

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path, Utf8);
        }
        catch (DecoderFallbackException e)
        {
            throw new DatasetFormatException($"{path}: expected UTF-8 text. {e.Message}", e) { File = path };
        }
    }

    private static string Title(string kind) => $"NetGen vocabulary of {kind}";
}
