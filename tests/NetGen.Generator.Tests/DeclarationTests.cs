using Microsoft.CodeAnalysis;
using NetGen.Compiler.Spec;
using NetGen.Testing;

namespace NetGen.Generator.Tests;

/// <summary>Which declarations become networks, under which name, and what the others are told.</summary>
public sealed class DeclarationTests
{
    private const string Layers = "[Network, Input(4), Dense(2)]";

    [Theory]
    [InlineData($"namespace Vision.Models; {Layers} public sealed partial class Net;", "Vision.Models.Net.g.cs", "Vision.Models", "", "class", "Net")]
    [InlineData($"{Layers} internal partial class Net;", "Net.g.cs", null, "", "class", "Net")]
    [InlineData($"namespace A {{ namespace B {{ {Layers} partial class Net; }} }}", "A.B.Net.g.cs", "A.B", "", "class", "Net")]
    [InlineData($"{Layers} public partial record Net;", "Net.g.cs", null, "", "record", "Net")]
    [InlineData($"{Layers} public sealed partial record class Net;", "Net.g.cs", null, "", "record", "Net")]
    [InlineData($"namespace N; public static partial class A {{ partial struct B {{ {Layers} private partial class Net; }} }}",
        "N.A.B.Net.g.cs", "N", "partial class A, partial struct B", "class", "Net")]
    [InlineData($"partial interface IA {{ partial record B {{ partial record struct C {{ {Layers} partial class Net; }} }} }}",
        "IA.B.C.Net.g.cs", null, "partial interface IA, partial record B, partial record struct C", "class", "Net")]
    [InlineData($"namespace @event; partial class @class {{ {Layers} partial class @new; }}", "event.class.new.96a5be2d.g.cs", "@event", "partial class @class", "class", "@new")]
    [InlineData($"{Layers} partial class Zürich;", "Zürich.g.cs", null, "", "class", "Zürich")]
    public async Task A_network_is_read_wherever_it_stands(string source, string hintName, string? ns, string containers, string keyword, string name)
    {
        GeneratorRun run = GeneratorHarness.Run($"using NetGen; {source}");

        TypeSpec type = run.Specs.Single().Type;
        Assert.Equal((ns, containers, keyword, name), (type.Namespace, string.Join(", ", type.Containers), type.Keyword, type.Name));
        Assert.Equal([hintName], run.Sources.Keys);
        Assert.Empty(run.CompilerDiagnostics());
        Assert.Empty(await run.AnalyzeAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData($"{Layers} public sealed partial class ")]
    [InlineData($"{Layers} public sealed partial class [;")]
    [InlineData($"partial class {{ {Layers} partial class Net; }}")]
    [InlineData($"namespace {{ {Layers} partial class Net; }}")]
    public async Task Names_that_are_not_typed_yet_are_left_to_the_compiler(string source)
    {
        GeneratorRun run = GeneratorHarness.Run($"using NetGen; {source}");

        Assert.Empty(run.Sources);
        Assert.Empty(await run.AnalyzeAsync(TestContext.Current.CancellationToken));
        Assert.NotEmpty(run.CompilerDiagnostics());
    }

    [Fact]
    public void Several_networks_in_one_file_get_a_file_each()
    {
        GeneratorRun run = GeneratorHarness.Run($$"""
            using NetGen;
            namespace One { {{Layers}} partial class Net; }
            namespace Two { {{Layers}} partial class Net { {{Layers}} partial class Inner; } }
            {{Layers}} partial class Net;
            """);

        Assert.Equal(["Net.g.cs", "One.Net.g.cs", "Two.Net.Inner.g.cs", "Two.Net.g.cs"], run.Sources.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_network_may_not_derive_from_another()
    {
        GeneratorRun run = GeneratorHarness.Run($"using NetGen; {Layers} partial class Base; {Layers} partial class Net : Base;");

        Diagnostic diagnostic = Assert.Single(await run.AnalyzeAsync(TestContext.Current.CancellationToken));
        Assert.Equal("NETG002", diagnostic.Id);
        Assert.Contains("derived from the network 'Base'", diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.Equal(["Base.g.cs"], run.Sources.Keys);
    }

    [Fact]
    public void Networks_in_namespaces_that_differ_in_case_only_have_files_of_their_own()
    {
        GeneratorRun run = GeneratorHarness.Run($"using NetGen; namespace Foo {{ {Layers} partial class Net; }} namespace foo {{ {Layers} partial class Net; }}");

        Assert.Equal(2, run.Sources.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Empty(run.CompilerDiagnostics());
    }

    [Theory]
    [InlineData("[Network, Input(4), Dense(2)] partial class Net;", "partial class Net;", "partial class Net { int _x; }")]
    [InlineData("[Network] partial class Net;", "[Input(4), Dense(2)] partial class Net;", "[System.Serializable] partial class Net;")]
    public async Task A_network_of_several_declarations_is_generated_once(params string[] declarations)
    {
        GeneratorRun run = GeneratorHarness.Run(declarations.Select(declaration => $"using NetGen; {declaration}"));

        Assert.Equal(["Input", "Dense"], run.Specs.Single().Elements.Select(element => element.Kind));
        Assert.Single(run.Sources);
        Assert.Empty(await run.AnalyzeAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_second_Network_attribute_is_the_compilers_error_and_generates_once()
    {
        GeneratorRun run = GeneratorHarness.Run(
            "[NetGen.Network, NetGen.Input(4), NetGen.Dense(2)] partial class Net;", "[NetGen.Network] partial class Net;");

        Assert.Equal(["CS0579"], run.CompilerDiagnostics().Select(diagnostic => diagnostic.Id));
        Assert.Single(run.Sources);
    }

    [Theory]
    [InlineData("[{0}, Dense(2)] class Net;", "NETG001", "'Net' must be partial so that NetGen can add members to it; write 'partial class Net'")]
    [InlineData("[{0}, Dense(2)] static partial class Net;", "NETG002", "'Net' cannot be a network because it is static; remove 'static'")]
    [InlineData("[{0}, Dense(2)] partial class Net<T>;", "NETG002", "'Net' cannot be a network because it is generic; remove its type parameters")]
    [InlineData("partial class Outer<T> {{ [{0}] partial class Net; }}", "NETG002", "'Net' cannot be a network because it is inside a generic type; move it out of that type")]
    [InlineData("class Outer {{ [{0}] partial class Net; }}", "NETG002", "'Net' cannot be a network because it is inside 'Outer', which is not partial; make 'Outer' partial")]
    [InlineData("class A {{ partial class B {{ [{0}] partial class Net; }} }}", "NETG002", "'Net' cannot be a network because it is inside 'A', which is not partial; make 'A' partial")]
    [InlineData("[{0}] file partial class Net;", "NETG002", "'Net' cannot be a network because it is visible in one file only, while NetGen adds another; replace 'file' by 'internal'")]
    [InlineData("file partial class A {{ [{0}] partial class Net; }}", "NETG002",
        "'Net' cannot be a network because it is inside 'A', which is visible in one file only, while NetGen adds another; replace 'file' by 'internal'")]
    [InlineData("[{0}] partial record Net(int Size);", "NETG002",
        "'Net' cannot be a network because it is declared with a primary constructor, while NetGen adds the constructors; remove the parameters after its name")]
    public async Task A_declaration_that_cannot_be_extended_says_why_at_its_Network_attribute(string source, string id, string message)
    {
        GeneratorRun run = GeneratorHarness.Run($"using NetGen; {string.Format(null, source, "Network")}");

        Diagnostic diagnostic = Assert.Single(await run.AnalyzeAsync(TestContext.Current.CancellationToken));
        Assert.Equal((id, message, "Network"), (diagnostic.Id, diagnostic.GetMessage(), diagnostic.Location.Text()));
        Assert.Empty(run.Sources);
        Assert.Empty(run.CompilerDiagnostics());
    }

    [Theory]
    [InlineData("struct", "a struct", "make it a class")]
    [InlineData("record struct", "a record struct", "make it a record class")]
    public async Task A_struct_cannot_be_a_network(string keyword, string reason, string remedy)
    {
        GeneratorRun run = GeneratorHarness.Run($"[NetGen.Network] partial {keyword} Net;");

        Diagnostic diagnostic = Assert.Single(await run.AnalyzeAsync(TestContext.Current.CancellationToken));
        Assert.Equal($"'Net' cannot be a network because it is {reason}; {remedy}", diagnostic.GetMessage());
        Assert.Empty(run.Sources);
    }

    [Fact]
    public async Task Two_networks_whose_files_would_have_one_name_are_told_so_and_harm_no_other()
    {
        GeneratorRun run = GeneratorHarness.Run($"using NetGen; {Layers} partial class Net; {Layers} partial class NET; {Layers} partial class Other;");

        Assert.Equal(
            ["'Net' cannot be a network because it is told from the network 'NET' by upper and lower case only; rename one of them",
             "'NET' cannot be a network because it is told from the network 'Net' by upper and lower case only; rename one of them"],
            (await run.AnalyzeAsync(TestContext.Current.CancellationToken)).Select(diagnostic => diagnostic.GetMessage()));
        Assert.Equal(["Other.g.cs"], run.Sources.Keys);
    }

    [Fact]
    public async Task Layers_on_two_declarations_are_reported_at_the_first_layer_of_the_second()
    {
        GeneratorRun run = GeneratorHarness.Run(
            "using NetGen; [Network, Input(4), Dense(2)] partial class Net;",
            "using NetGen; [System.Serializable, Dense(3), ReLU] partial class Net;",
            "partial class Net;");

        Diagnostic diagnostic = Assert.Single(await run.AnalyzeAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("NETG003", "Dense(3)"), (diagnostic.Id, diagnostic.Location.Text()));
        Assert.Equal("The layers of 'Net' stand on 2 declarations, so their order is not defined; put all of them on one", diagnostic.GetMessage());
        Assert.Empty(run.Sources);
    }

    [Fact]
    public async Task A_network_named_like_any_of_its_members_is_told_so()
    {
        GeneratorRun named = GeneratorHarness.Run("using NetGen; [Network, Input(4, Name = \"a\"), Input(2, Name = \"b\"), Dense(2), Huber] partial class Net;");
        string[] members =
        [
            .. named.Output.GetTypeByMetadataName("Net")!.GetMembers()
                .Where(member => member is { DeclaredAccessibility: Accessibility.Public, CanBeReferencedByName: true })
                .Select(member => member.Name)
                .Distinct(),
        ];
        Assert.Contains("TrainStep", members);

        GeneratorRun run = GeneratorHarness.Run($"using NetGen; {string.Concat(members.Select(name => $"[Network, Input(4), Dense(2), Huber] partial class {name};\n"))}");
        Assert.Equal(
            members.Select(name => $"'{name}' has a generated member of the same name, which C# does not allow; rename the class, such as '{name}Net'").Order(),
            (await run.AnalyzeAsync(TestContext.Current.CancellationToken)).Select(diagnostic => diagnostic.GetMessage()).Order());
        Assert.Empty(run.Sources);
        Assert.Empty(run.CompilerDiagnostics());
    }

    [Theory]
    [InlineData("Forward", Layers, "a network that only predicts has no such member")]
    [InlineData("Step", Layers, "a network that reads no sequence does not stream")]
    [InlineData("Step", "[Network, Input(4, Type = InputType.Number), Dense(2)]", "numbers without time are no sequence, whether or not their type is written")]
    public async Task A_network_may_be_named_like_members_that_it_does_not_get(string name, string layers, string reason)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(reason);
        GeneratorRun run = GeneratorHarness.Run($"using NetGen; {layers} partial class {name};");

        Assert.Empty(await run.AnalyzeAsync(TestContext.Current.CancellationToken));
        Assert.Empty(run.CompilerDiagnostics());
    }

    [Theory]
    [InlineData("Network(Stateful = true)", true)]
    [InlineData("Network", false)]
    public async Task ResetStates_is_the_name_of_a_member_where_a_network_carries_states(string attribute, bool isReserved)
    {
        GeneratorRun run = GeneratorHarness.Run(
            $"using NetGen; [{attribute}, Input(4, 2), GRU(2), MeanSquaredError] partial class Net {{ public int ResetStates => 0; }}");

        Assert.Equal(isReserved ? ["NETG005"] : [], (await run.AnalyzeAsync(TestContext.Current.CancellationToken)).Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public async Task A_network_whose_generated_half_carries_GeneratedCode_is_still_checked()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            using NetGen;
            [Network, Input(4)] partial class Net;
            [Dense(2), System.CodeDom.Compiler.GeneratedCode("NetGen", "1.0")] partial class Net;
            """);

        Assert.Equal(["NETG003"], (await run.AnalyzeAsync(TestContext.Current.CancellationToken)).Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public async Task A_pragma_silences_a_mistake_at_its_place()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            #pragma warning disable NETG001
            [NetGen.Network] class Net;
            """);

        Assert.True(Assert.Single(await run.AnalyzeAsync(TestContext.Current.CancellationToken)).IsSuppressed);
    }

    [Fact]
    public async Task Attributes_of_the_same_names_in_other_namespaces_are_not_ours()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            using Other.NetGen;
            [Network] class Net;
            namespace Other.NetGen { class NetworkAttribute : System.Attribute; }
            """);

        Assert.Empty(await run.AnalyzeAsync(TestContext.Current.CancellationToken));
        Assert.Empty(run.Sources);
    }
}
