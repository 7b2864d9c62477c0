using System.Runtime.CompilerServices;

namespace NetGen.Testing;

/// <summary>
/// Compares text with a file that was looked at and accepted, by Verify's conventions: <c>Class.Method.verified.cs</c> stands beside the test, and a
/// mismatch leaves <c>Class.Method.received.cs</c> there. Stands in for Verify's packages, which are not restorable everywhere this is built.
/// </summary>
public static class Snapshot
{
    /// <summary>Fails unless the text is the accepted one, character by character; <c>\r\n</c> counts as <c>\n</c>.</summary>
    /// <param name="text">What the test got.</param>
    /// <param name="name">Tells several snapshots of one test apart; none for a single one.</param>
    /// <param name="file">The test's file; its name is the class's.</param>
    /// <param name="method">The test's method.</param>
    /// <exception cref="SnapshotMismatchException">The text differs, or nothing was accepted yet.</exception>
    public static void Verify(string text, string? name = null, [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        string stem = string.Join('.', new[] { Path.GetFileNameWithoutExtension(file), method, name }.OfType<string>());
        string verified = Path.Combine(Path.GetDirectoryName(file)!, $"{stem}.verified.cs");
        string received = Path.Combine(Path.GetDirectoryName(file)!, $"{stem}.received.cs");

        string actual = Normalize(text);
        string? expected = File.Exists(verified) ? Normalize(File.ReadAllText(verified)) : null;
        if (actual == expected)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        throw new SnapshotMismatchException(
            $"{Difference(expected, actual)}\nLook at the difference, and if it is right, accept it:\n  mv '{received}' '{verified}'");
    }

    private static string Normalize(string text) => text.ReplaceLineEndings("\n");

    private static string Difference(string? expected, string actual)
    {
        if (expected is null)
            return "Expected an accepted snapshot, but there is none yet.";

        string[] expectedLines = expected.Split('\n');
        string[] actualLines = actual.Split('\n');
        int line = expectedLines.Zip(actualLines).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"The snapshot differs from line {line + 1} on.\n  expected: {LineOf(expectedLines)}\n  got:      {LineOf(actualLines)}";

        string LineOf(string[] lines) => line < lines.Length ? lines[line] : "(end of text)";
    }
}

/// <summary>A text that is not the accepted one.</summary>
public sealed class SnapshotMismatchException(string message) : Exception(message);
