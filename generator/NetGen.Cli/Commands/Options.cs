using System.CommandLine;

namespace NetGen.Cli.Commands;

/// <summary>Arguments and options that several commands have.</summary>
internal static class Options
{
    public static Argument<string> Assembly(string name = "assembly") => new(name) { Description = "An assembly that was built with NetGenInspect, the default in Debug." };

    public static Option<string?> Network() =>
        new("--network") { Description = "The network's class, with or without its namespace; needed where the assembly has several.", HelpName = "name" };

    public static Option<bool> Json() => new("--json") { Description = "Write JSON, for machines." };

    public static Option<string?> Out(string what) => new("--out") { Description = $"Write {what} to this file.", HelpName = "file" };
}
