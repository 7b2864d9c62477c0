using System.CommandLine;
using NetGen.Benchmarks.Commands;
using NetGen.Benchmarks.Peers;

RootCommand root = new(
    "Measures NetGen: beside other libraries (compare, check), from a cold start (startup), its kernels alone (kernels), "
    + "the slowest step of a stream (steps), and the generator (generate).")
{
    CompareCommand.Create(),
    CheckCommand.Create(),
    StartupCommand.Create(),
    KernelsCommand.Create(),
    StepsCommand.Create(),
    GenerateCommand.Create(),
    PeerCommand.Create(),
    StartupCommand.CreateProcess(),
    StartupCommand.CreateOnnxProcess(),
};
ParseResult parsed = root.Parse(args);
try
{
    // One line for a mistake, where the library would print its help as well.
    if (parsed.Errors.Count > 0) throw new FormatException(parsed.Errors[0].Message);
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is FormatException or DirectoryNotFoundException)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
catch (PeerException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
