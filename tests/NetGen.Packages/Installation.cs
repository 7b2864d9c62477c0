using System.Diagnostics;
using System.Globalization;

namespace NetGen.Packages;

/// <summary>
/// New projects in an empty folder, with an empty cache of packages. The folder of the packages is one more source beside whatever sources this machine has.
/// </summary>
internal sealed class Installation
{
    private readonly string _folder;
    private readonly string _packages;
    private readonly string _version;
    private readonly string _hive;
    private readonly (string, string)[] _environment;

    public Installation(string scratch, string packages, string version)
    {
        (_packages, _version) = (packages, version);
        _folder = Directory.CreateDirectory(Path.Combine(scratch, "apps")).FullName;
        _hive = Path.Combine(scratch, "hive");
        _environment = [("NUGET_PACKAGES", Path.Combine(scratch, "cache"))];
        File.WriteAllText(Path.Combine(_folder, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="netgen-packages" value="{packages}" /></packageSources>
              <packageSourceMapping><clear /></packageSourceMapping>
            </configuration>
            """);
    }

    /// <summary>A project with nothing but a reference to the package: the generator, the analyzer and the build step for weights are found.</summary>
    public void CheckLibrary()
    {
        string app = Directory.CreateDirectory(Path.Combine(_folder, "Library")).FullName;
        WriteProject(app, "Library");
        Write(app, "Program.cs", """
            using NetGen;

            XorNet net = new(seed: 1);
            Adam adam = new(learningRate: 0.05f);
            float loss = 0;
            for (int step = 0; step < 500; step++) loss = net.TrainStep([0, 0, 0, 1, 1, 0, 1, 1], [0f, 1, 1, 0], adam);
            Console.WriteLine(loss < 0.05f ? "learned" : $"loss {loss}");

            [Network, Input(2), Dense(8), Tanh, Dense(1), SigmoidCrossEntropy]
            sealed partial class XorNet;
            """);
        Expect(Shell.Run(app, _environment, "run"), "learned", "a program with the package NetGen");
        Console.WriteLine("ok  NetGen in a new project: it builds without a warning, trains and runs");

        Write(app, "Wrong.cs", """
            using NetGen;
            [Network, Input(1, 4, 4), Dense(2)]
            sealed partial class Wrong;
            """);
        Expect(Shell.Run(1, app, _environment, "build", "--no-restore"), "Wrong.cs(2,27): error NETG", "the analyzer");
        File.Delete(Path.Combine(app, "Wrong.cs"));
        Console.WriteLine("ok  its analyzer reports a mistake at the layer");
    }

    /// <summary>Each template makes a project that builds, trains and runs. The embedded one needs the build step, which refuses damaged weights.</summary>
    public void CheckTemplates()
    {
        New("install", Path.Combine(_packages, $"NetGen.Templates.{_version}.nupkg"));

        New("netgen-console", "-o", "Rings");
        string rings = Shell.Run(Path.Combine(_folder, "Rings"), _environment, "run", "-p:TreatWarningsAsErrors=true");
        Expect(rings, "accuracy", "the program of netgen-console");
        Expect(rings, "(0.5, 0.1) lies in the ring with probability 0.9", "the program of netgen-console");
        Console.WriteLine("ok  netgen-console trains and runs");

        New("netgen-embedded", "-o", "Embedded");
        string embedded = Path.Combine(_folder, "Embedded");
        string[] run = ["run", "-p:TreatWarningsAsErrors=true"];
        Expect(Shell.Run(embedded, _environment, run), "a  b  a xor b", "the program of netgen-embedded");
        string weights = Path.Combine(embedded, "xor.safetensors");
        byte[] saved = File.ReadAllBytes(weights);
        File.WriteAllBytes(weights, saved[..^4]);
        Expect(Shell.Run(1, embedded, _environment, "build", "--no-restore"), "error NETG", "the build step");
        File.WriteAllBytes(weights, saved);
        Expect(Shell.Run(embedded, _environment, [.. run, "--", "train"]), "saved as xor.safetensors", "training in netgen-embedded");
        Console.WriteLine("ok  netgen-embedded builds its weights in, trains and runs; a damaged file is an error of the build");
    }

    /// <summary>Prints how long the build of a project takes that has nothing but networks, and of one that has none.</summary>
    public void MeasureBuildTime(int networks)
    {
        string app = Directory.CreateDirectory(Path.Combine(_folder, "Many")).FullName;
        WriteProject(app, "Many");
        Write(app, "Program.cs", "System.Console.WriteLine();");
        Shell.Run(app, _environment, "build");   // restores, and starts what later builds share
        double empty = SecondsOf(() => Shell.Run(app, _environment, "build", "--no-restore", "--no-incremental"));
        for (int i = 0; i < networks; i++)
        {
            Write(app, $"Net{i}.cs", $"using NetGen;\n[Network, Input(16), Dense({i + 8}), ReLU, Dropout(0.1f), Dense(10), SoftmaxCrossEntropy] public sealed partial class Net{i};");
        }
        double many = SecondsOf(() => Shell.Run(app, _environment, "build", "--no-restore", "--no-incremental"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"an empty project builds in {empty:F1} s, one of {networks} networks in {many:F1} s: "
            + $"{many / empty:F1} times as long, {many - 2 * empty:F1} s more than twice"));

        static double SecondsOf(Action run)
        {
            long start = Stopwatch.GetTimestamp();
            run();
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }

    /// <summary>A project that says nothing of NetGen but that it wants the package.</summary>
    private void WriteProject(string folder, string name) => Write(folder, $"{name}.csproj", $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="NetGen" Version="{_version}" />
          </ItemGroup>
        </Project>
        """);

    private void New(params string[] arguments) => Shell.Run(_folder, _environment, ["new", .. arguments, "--debug:custom-hive", _hive]);

    private static void Write(string folder, string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);

    private static void Expect(string output, string expected, string who)
    {
        if (!output.Contains(expected, StringComparison.Ordinal))
        {
            throw new CheckException($"{who}: expected '{expected}', got\n{output}");
        }
    }
}
