using NetGen.Build;

// NetGen.targets calls it. What is wrong with a weights file is for the analyzer to say, at the attribute that names it; only what is wrong with the call fails here.
if (args is not ["manifest", string name, string file, string output])
{
    Console.Error.WriteLine("Expected: manifest <name> <weights file> <manifest to write>");
    return 2;
}
await File.WriteAllTextAsync(output, ManifestStep.Run(name, file));
return 0;
