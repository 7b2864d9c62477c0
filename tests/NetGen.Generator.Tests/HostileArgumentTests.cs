using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using NetGen.Testing;

namespace NetGen.Generator.Tests;

/// <summary>Every argument of every element, one at a time, with values that nobody should write: each network compiles or has a diagnostic, and none takes the compiler down.</summary>
public sealed class HostileArgumentTests
{
    private static readonly string[] Inputs = ["Input(2, 4, 4)", "Input(4, 2)", "Input(4, Type = InputType.Index)"];

    private static readonly Dictionary<Type, string[]> Hostile = new()
    {
        [typeof(int)] = ["int.MinValue", "-1", "0", "1 << 30", "int.MaxValue"],
        [typeof(float)] = ["float.NaN", "float.NegativeInfinity", "float.MaxValue", "float.Epsilon", "-0f"],
        [typeof(bool)] = ["true"],
        [typeof(string)] = ["null", "\"\"", "\"\\0\"", "\"{0}\"", "\"" + new string('a', 2_000) + "\""],
        [typeof(int[])] = ["null", "new int[0]", "new[] { int.MinValue, int.MaxValue }", "new[] { 1, 1, 1, 1, 1, 1, 1, 1, 1 }", "new[] { 1 << 16, 1 << 16, 1 << 16, 1 << 16 }"],
        [typeof(float[])] = ["null", "new float[0]", "new[] { float.NaN, 1f }", "new[] { -1f, float.PositiveInfinity }", "new[] { 1f, 1f, 1f, 1f, 1f }"],
        [typeof(string[])] = ["null", "new string[0]", "new string[] { null!, \"\" }"],
    };

    private static readonly Dictionary<Type, string> Usual = new()
    {
        [typeof(int)] = "2",
        [typeof(float)] = "0.5f",
        [typeof(bool)] = "true",
        [typeof(string)] = "\"input\"",
        [typeof(int[])] = "new[] { 2 }",
        [typeof(float[])] = "new[] { 1f, 2f }",
        [typeof(string[])] = "new[] { \"input\" }",
    };

    [Fact]
    public async Task Hostile_arguments_are_told_or_compile()
    {
        Type[] elements =
        [
            .. typeof(NetworkElementAttribute).Assembly.GetExportedTypes()
                .Where(type => type.IsSubclassOf(typeof(NetworkElementAttribute)) && !type.IsAbstract)
                .Where(type => type.GetGenericArguments().Length <= 2 && !type.GetGenericArguments().Any(IsStruct))
                .OrderBy(type => type.Name, StringComparer.Ordinal),
        ];

        // With usual arguments most elements take one of the inputs, so that a hostile one is met by more than the first check.
        bool[] taken = await CompileAsync([.. elements.SelectMany(element => Inputs.Select(input => Network(input, element, hostile: null, "")))]);
        string[] inputs = [.. elements.Select((_, index) => Inputs.Where((_, input) => taken[(index * Inputs.Length) + input]).FirstOrDefault(Inputs[0]))];
        Assert.True(taken.Chunk(Inputs.Length).Count(any => any.Contains(true)) > elements.Length / 2, "most elements should compile with usual arguments");

        string[] networks =
        [
            .. from pair in elements.Zip(inputs)
               from argument in Arguments(pair.First)
               from value in ValuesOf(argument.Type)
               select Network(pair.Second, pair.First, argument.Name, value),
        ];
        bool[] compiled = await CompileAsync(networks);
        Assert.Contains(true, compiled);
        Assert.Contains(false, compiled);
    }

    /// <summary>Which networks compile; the others must have a diagnostic.</summary>
    private static async Task<bool[]> CompileAsync(string[] networks)
    {
        GeneratorRun run = GeneratorHarness.Run(networks.Select((elements, index) =>
            $"using NetGen; namespace Case{index}; [Network, {elements}] public sealed partial class Net; [Block, Tanh] file class Inner;"));
        ImmutableArray<Diagnostic> found = await run.AnalyzeAsync(TestContext.Current.CancellationToken);
        HashSet<string> mistaken = [.. found.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Location.SourceTree!.FilePath)];
        var compiled = new bool[networks.Length];
        for (int index = 0; index < networks.Length; index++)
        {
            compiled[index] = !mistaken.Contains($"File{index}.cs");
            string? source = run.Sources.GetValueOrDefault($"Case{index}.Net.g.cs");
            Assert.True(source is not null && compiled[index] == source.Contains("file static class", StringComparison.Ordinal), $"generator and analyzer disagree about [{networks[index]}]");
        }
        return compiled;
    }

    /// <summary>What an element takes: the parameters of its constructor, then its properties. What all layers take is tried on one of them.</summary>
    private static IEnumerable<(string Name, Type Type)> Arguments(Type element) =>
        Parameters(element).Select(parameter => (parameter.Name!, parameter.ParameterType))
            .Concat(element.GetProperties()
                .Where(property => property.SetMethod is { IsPublic: true })
                .Where(property => element == typeof(DenseAttribute) || (property.DeclaringType != typeof(LayerAttribute) && property.DeclaringType != typeof(ParameterLayerAttribute)))
                .Select(property => (property.Name, property.PropertyType)));

    private static ParameterInfo[] Parameters(Type element) => element.GetConstructors().Single().GetParameters();

    private static string[] ValuesOf(Type type) => type.IsEnum ? [$"({type.Name})(-1)", $"({type.Name})99"] : Hostile[type];

    private static bool IsStruct(Type argument) => argument.GenericParameterAttributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);

    /// <summary>A network of two layers and the element, in its place.</summary>
    private static string Network(string input, Type element, string? hostile, string value)
    {
        string written = Write(element, hostile, value);
        return element.IsSubclassOf(typeof(LossAttribute)) || element == typeof(OutputAttribute) ? $"{input}, Dense(2), {written}" : $"{input}, {written}, Dense(2)";
    }

    /// <summary>The element with one hostile argument; the other parameters are usual.</summary>
    private static string Write(Type element, string? hostile, string value)
    {
        string name = element.Name.Split('`')[0][..^"Attribute".Length];
        string blocks = element.IsGenericType ? $"<{string.Join(", ", element.GetGenericArguments().Select(_ => "Inner"))}>" : "";
        IEnumerable<string> arguments = Parameters(element)
            .Select(parameter => $"{parameter.Name}: {(parameter.Name == hostile ? value : Usual[parameter.ParameterType])}")
            .Concat(element.GetProperties().Where(property => property.Name == hostile && property.SetMethod is not null).Select(property => $"{property.Name} = {value}"));
        return $"{name}{blocks}({string.Join(", ", arguments)})";
    }
}
