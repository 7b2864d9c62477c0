using System.Reflection;
using NetGen.Packages;
using NetGen.Testing;

// Exit code 1: a check failed, and the last lines say which. Everything is written to a temporary folder, which is removed.
// With "build-time": how long a project of 200 networks takes to build, beside an empty one.
string scratch = Directory.CreateTempSubdirectory("netgen-packages-").FullName;
try
{
    string packages = Path.Combine(scratch, "packages");
    foreach (string project in PackageTable.Projects(Repository.Root))
    {
        Shell.Run(Repository.Root, [], "pack", project, "-c", Metadata("Configuration"), "--no-restore", "-o", packages, "-v", "quiet");
    }
    Installation installation = new(scratch, packages, Metadata("Version"));
    if (args is ["build-time"])
    {
        installation.MeasureBuildTime(networks: 200);
        return 0;
    }
    foreach (ExpectedPackage expected in PackageTable.Packages(Metadata("Version")))
    {
        expected.Check(packages);
        Console.WriteLine($"ok  {expected.File} holds what it should");
    }
    installation.CheckLibrary();
    installation.CheckTemplates();
    Console.WriteLine("all packages install, build, train and run");
    return 0;
}
catch (CheckException failure)
{
    Console.WriteLine($"FAILED  {failure.Message}");
    return 1;
}
finally
{
    Directory.Delete(scratch, recursive: true);
}

static string Metadata(string key) =>
    typeof(Shell).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
