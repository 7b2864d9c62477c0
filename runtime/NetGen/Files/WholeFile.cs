using System.Text;

namespace NetGen;

/// <summary>Writes files that nobody ever finds half of.</summary>
internal static class WholeFile
{
    /// <summary>Writes a text in UTF-8, as <see cref="Write(string, Action{Stream})"/> does.</summary>
    public static void Write(string path, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Write(path, stream => stream.Write(bytes));
    }

    /// <summary>
    /// Writes a file under a temporary name beside <paramref name="path"/> and then moves it there. A link is followed, and a file that is replaced
    /// keeps its permissions.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder of <paramref name="path"/> does not exist.</exception>
    /// <exception cref="IOException">The file cannot be written; what was at <paramref name="path"/> is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder of <paramref name="path"/> may not be written to.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target)
        {
            path = target.FullName;
        }

        // Checked here, because the exception of opening names the temporary file.
        string? folder = Path.GetDirectoryName(path);
        if (!string.IsNullOrEmpty(folder) && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"Cannot save '{path}': the folder '{folder}' does not exist. Create it first.");
        }
        string temporary = $"{path}.{Guid.NewGuid().ToString("N")[..8]}.tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            if (!OperatingSystem.IsWindows() && File.Exists(path))
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (UnauthorizedAccessException exception)
        {
            File.Delete(temporary);
            throw new UnauthorizedAccessException($"Cannot save '{path}': its folder may not be written to. Choose another.", exception);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
