using NetGen.Build;

// NetGen.targets calls it. What is wrong with a weights file is for the analyzer to say, at the attribute that names it; only what is wrong with the call fails here.
switch (args)
{
    case ["manifest", string name, string file, string output]:
        await File.WriteAllTextAsync(output, ManifestStep.Run(name, file));
        return 0;
    case ["verify", string assembly, string references]:
        return VerifyStep.Run(assembly, await File.ReadAllLinesAsync(references), Console.Out);
    case ["inspect", string assembly, string folder]:
        InspectStep.Run(assembly, folder);
        return 0;
    default:
        Console.Error.WriteLine(
            "Expected: manifest <name> <weights file> <manifest to write>, or verify <assembly> <file that lists its references>, or inspect <assembly> <folder to write to>");
        return 2;
}
