using System.CommandLine;
using System.CommandLine.Help;
using NetGen.Cli.Commands;

namespace NetGen.Cli;

/// <summary>The commands, and what their exit codes mean.</summary>
public static class CommandLine
{
    /// <summary>A file cannot be used.</summary>
    public const int UnusableFile = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Misuse = 2;

    /// <summary>Runs a command.</summary>
    /// <param name="args">As the shell gives them.</param>
    /// <param name="output">What was asked for.</param>
    /// <param name="error">One line for what went wrong.</param>
    /// <returns>0; 1 where a file cannot be used; 2 where the command line is wrong.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        // No RootCommand: that is called as its file is, and the file of a tool is not called as the tool.
        Command root = new("netgen", "Shows what NetGen compiled. Assemblies are read, never run. Exit codes: 0, 1 where a file cannot be used, 2 where the command line is wrong.")
        {
            new HelpOption(),
            new VersionOption(),
            SummaryCommand.Create(),
            InspectCommand.Create(),
            GraphCommand.Create(),
            DiffCommand.Create(),
            WeightsCommand.Create(),
        };
        try
        {
            ParseResult parsed = root.Parse(args);

            // One line for a mistake, where the library would print its help as well.
            if (parsed.Errors.Count > 0)
            {
                throw new MisuseException(parsed.Errors[0].Message);
            }
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error });
        }
        catch (MisuseException exception)
        {
            error.WriteLine(OneLine(exception.Message));
            return Misuse;
        }
        catch (Exception exception) when (exception is UnusableFileException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(OneLine(exception.Message));
            return UnusableFile;
        }
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").Trim();
}

/// <summary>The command line is wrong.</summary>
/// <param name="message">What was expected, what came, what to do.</param>
public sealed class MisuseException(string message) : Exception(message);

/// <summary>A file cannot be used.</summary>
/// <param name="message">What was expected, what came, what to do.</param>
public sealed class UnusableFileException(string message) : Exception(message);
