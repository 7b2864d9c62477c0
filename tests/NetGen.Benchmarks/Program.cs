using System.CommandLine;
using NetGen.Benchmarks.Commands;

RootCommand root = new("Measures NetGen: beside other libraries (compare), its kernels (kernels).")
{
    CompareCommand.Create(),
    KernelsCommand.Create(),
    PeerCommand.Create(),
};
ParseResult parsed = root.Parse(args);
try
{
    // One line for a mistake, where the library would print its help as well.
    if (parsed.Errors.Count > 0) throw new FormatException(parsed.Errors[0].Message);
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (FormatException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
