using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;

namespace NetGen.Build;

/// <summary>Replays the samples that weights files were saved with through the networks of a built assembly.</summary>
public static class VerifyStep
{
    private const string Method = "VerifyEmbedded";

    /// <summary>Verifies all networks of an assembly; an error is a line as MSBuild reads it.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="references">Files of assemblies that it may need.</param>
    /// <param name="output">What was verified, and what failed.</param>
    /// <returns>0 where all networks computed what they were trained to; 1 otherwise.</returns>
    public static int Run(string assembly, IEnumerable<string> references, TextWriter output)
    {
        var files = references.Where(file => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
            .ToLookup(file => Path.GetFileNameWithoutExtension(file)!, StringComparer.OrdinalIgnoreCase);
        AssemblyLoadContext context = new("verified");
        context.Resolving += (_, name) => new[] { Path.Combine(Path.GetDirectoryName(Path.GetFullPath(assembly))!, $"{name.Name}.dll") }.Concat(files[name.Name!])
            .Where(File.Exists).Select(file => context.LoadFromAssemblyPath(Path.GetFullPath(file))).FirstOrDefault();
        bool passed = true;
        foreach (MethodInfo verify in TypesOf(context.LoadFromAssemblyPath(Path.GetFullPath(assembly))).Select(VerifierOf).OfType<MethodInfo>())
        {
            passed &= Verify(verify, assembly, output);
        }
        return passed ? 0 : 1;
    }

    private static MethodInfo? VerifierOf(Type type) => type.GetMethod(Method, BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly, []) is { } method
        && method.ReturnType.FullName == "NetGen.GoldenReport" ? method : null;

    private static bool Verify(MethodInfo verify, string assembly, TextWriter output)
    {
        string network = verify.DeclaringType!.FullName!;
        try
        {
            object report = verify.Invoke(null, null)!;
            string what = string.Create(CultureInfo.InvariantCulture, $"{Get<int>("Samples")} samples, largest difference {Get<double>("Ulps"):0.#} ulps");
            if (Get<bool>("Passed"))
            {
                output.WriteLine($"NetGen verified {network}: {what}");
                return true;
            }
            Fail($"{network} computes something else than was trained: {what} in sample {Get<int>("WorstSample")}; save or freeze the weights again from the network that was trained");
            return false;

            T Get<T>(string property) => (T)report.GetType().GetProperty(property)!.GetValue(report)!;
        }
        catch (TargetInvocationException exception)
        {
            Fail($"{network} could not be verified: {exception.InnerException!.Message}");
            return false;
        }

        void Fail(string message) => output.WriteLine($"{assembly} : error NETG901: {message.ReplaceLineEndings(" ")}");
    }

    /// <summary>The types that can be loaded: those that need a framework which is not here are no networks.</summary>
    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            return exception.Types.OfType<Type>();
        }
    }
}
