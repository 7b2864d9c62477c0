using NetGen.Build;

// NetGen.targets calls it. What is wrong with a weights file is for the analyzer to say, at the attribute that names it; only what is wrong with the call fails here.
switch (args)
{
    case ["manifest", string name, string file, string output]:
        await File.WriteAllTextAsync(output, ManifestStep.Run(name, file));
        return 0;
    case ["verify", string assembly, string references]:
        return VerifyStep.Run(assembly, await File.ReadAllLinesAsync(references), Console.Out);
    default:
        Console.Error.WriteLine("Expected: manifest <name> <weights file> <manifest to write>, or verify <assembly> <file that lists its references>");
        return 2;
}
