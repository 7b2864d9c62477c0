using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using NetGen.CodeFixes;
using NetGen.Testing;

namespace NetGen.Generator.Tests;

/// <summary>What an editor changes when it is asked to, one mistake at a time or all at once.</summary>
public sealed class CodeFixTests
{
    private static readonly ImmutableArray<CodeFixProvider> Fixes =
        [.. typeof(AttributeFix).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CodeFixProvider)) && !type.IsAbstract).Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)];

    public static TheoryData<string> Ids => [.. Fixes.SelectMany(fix => fix.FixableDiagnosticIds).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_fix_turns_the_bad_example_of_its_page_into_the_fixed_one(string id)
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", $"{id}.md"));
        string[] examples = [.. page.Split("```csharp\n").Skip(1).Select(part => part.Split("```")[0])];

        Assert.Equal($"using NetGen;\n{examples[1]}", await FixAsync(id, $"using NetGen;\n{examples[0]}"));
        Assert.Contains("\n## Fix\n\nA code fix in the editor does it: ", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NETG001", "[Network, Input(4), Dense(2)] public sealed class Net;", "[Network, Input(4), Dense(2)] public sealed partial class Net;")]
    [InlineData("NETG004",
        "[Network, Input(4), Dense(2)] public partial class State { } class StateNet; class User { State net = new(); object type = typeof(State); }",
        "[Network, Input(4), Dense(2)] public partial class StateNet2 { } class StateNet; class User { StateNet2 net = new(); object type = typeof(StateNet2); }")]
    [InlineData("NETG004",
        "partial class Outer { [Network, Input(4), Dense(2)] public partial class Info { } } [Network, Input(4), Dense(2), MeanSquaredError] partial class Forward { Outer.Info inner; }",
        "partial class Outer { [Network, Input(4), Dense(2)] public partial class InfoNet { } } [Network, Input(4), Dense(2), MeanSquaredError] partial class ForwardNet { Outer.InfoNet inner; }")]
    [InlineData("NETG004",
        "[Network, Input(4), Dense(2)] public partial class State { void StateNet() { } } class statenet2;",
        "[Network, Input(4), Dense(2)] public partial class StateNet3 { void StateNet() { } } class statenet2;")]
    [InlineData("NETG006", "[NetGen.Input(4)]\n[NetGen.Dense(2)] partial class Net;", "[NetGen.Network, NetGen.Input(4)]\n[NetGen.Dense(2)] partial class Net;")]
    [InlineData("NETG040",
        "[Network, Input(1, 4, 4, Name = \"image\"), Conv2D(2, 3), ReLU, Dense(2, From = \"image\", Bias = false)] partial class Net;",
        "[Network, Input(1, 4, 4, Name = \"image\"), Conv2D(2, 3), ReLU, Flatten(From = \"image\"), Dense(2, Bias = false)] partial class Net;")]
    [InlineData("NETG040",
        "[Network, Input(1, 4, 4), Residual<A>] partial class Net; [Block, Softmax] class A;",
        "[Network, Input(1, 4, 4), Residual<A>] partial class Net; [Block, Flatten, Softmax] class A;")]
    [InlineData("NETG040",
        "[Network, Input(1, 4, 4, Name = \"image\"), Conv2D(2, 3), Softmax(From = \"image\"), Add(\"image\")] partial class Net;",
        "[Network, Input(1, 4, 4, Name = \"image\"), Conv2D(2, 3), Flatten(From = \"image\"), Softmax, Add(\"image\")] partial class Net;")]
    [InlineData("NETG040",
        "[Network, Input(1, 4, 4), Flatten, Dense(16), Reshape(1, 4, 4), Dense(16), Add(\"flatten1\")] partial class Net;",
        "[Network, Input(1, 4, 4), Flatten, Dense(16), Reshape(1, 4, 4), Flatten, Dense(16), Add(\"flatten1\")] partial class Net;")]
    [InlineData("NETG040",
        "[Network, Input(1, 4, 4), Residual<A>] partial class Net; [Network, Input(2, 2, 2), Residual<A>] partial class Other; [Block, Softmax] class A;",
        "[Network, Input(1, 4, 4), Residual<A>] partial class Net; [Network, Input(2, 2, 2), Residual<A>] partial class Other; [Block, Flatten, Softmax] class A;")]
    [InlineData("NETG040",
        "[Network]\n[Input(1, 4, 4)]\n// The only layer.\n[Dense(2)]   // two classes\npartial class Net;",
        "[Network]\n[Input(1, 4, 4)]\n// The only layer.\n[Flatten, Dense(2)]   // two classes\npartial class Net;")]
    [InlineData("NETG030",
        "[Network, Input(4), Dense(2), Dense(2), Tanh(Name = \"dense2\")] partial class Net;", "[Network, Input(4), Dense(2), Dense(2), Tanh(Name = \"dense3\")] partial class Net;")]
    [InlineData("NETG030",
        "[Network, Input(4), Residual<A>] partial class Net; [Block, Dense(4, Name = \"input\")] class A;",
        "[Network, Input(4), Residual<A>] partial class Net; [Block, Dense(4, Name = \"input2\")] class A;")]
    [InlineData("NETG031",
        "[Network, Input(4), Dense(4, Name = \"stem\"), Tanh, Add(\"input\", \"stam\")] partial class Net;",
        "[Network, Input(4), Dense(4, Name = \"stem\"), Tanh, Add(\"input\", \"stem\")] partial class Net;")]
    [InlineData("NETG033", "[Network, Input(4), Dense(4, Name = \"1st layer\")] partial class Net;", "[Network, Input(4), Dense(4, Name = \"dense1_1st_layer\")] partial class Net;")]
    [InlineData("NETG033", "[Network, Input(4), Dense(4), Output(\"\")] partial class Net;", "[Network, Input(4), Dense(4), Output(\"output1\")] partial class Net;")]
    [InlineData("NETG080",
        "[Network]\n[Input(4)]\n[Dense(2)]\n[Softmax]\n[SoftmaxCrossEntropy]\npartial class Net;", "[Network]\n[Input(4)]\n[Dense(2)]\n[SoftmaxCrossEntropy]\npartial class Net;")]
    [InlineData("NETG080", "[Network, Input(4), Dense(1), Sigmoid, SigmoidCrossEntropy] partial class Net;", "[Network, Input(4), Dense(1), SigmoidCrossEntropy] partial class Net;")]
    [InlineData("NETG082", "[Network, Input(4), Dense(2), ReLU, Tanh, GELU, Dense(2)] partial class Net;", "[Network, Input(4), Dense(2), ReLU, Dense(2)] partial class Net;")]
    [InlineData("NETG085",
        "[Network, Input(4), Dense(2, Bias = true, Name = \"a\"), BatchNorm, Dense(units: 3), BatchNorm] partial class Net;",
        "[Network, Input(4), Dense(2, Bias = false, Name = \"a\"), BatchNorm, Dense(units: 3, Bias = false), BatchNorm] partial class Net;")]
    [InlineData("NETG084",
        "[Network, Input(4, 3), SpatialDropout(0.5f)]\n[BatchNorm(Momentum = 0.2f), Dense(2)] partial class Net;",
        "[Network, Input(4, 3), BatchNorm(Momentum = 0.2f)]\n[SpatialDropout(0.5f), Dense(2)] partial class Net;")]
    [InlineData("NETG086",
        "[Network, Input(4), Dense(3, From = \"input\"), Dense(2, From = \"input\")] partial class Net;", "[Network, Input(4), Dense(2, From = \"input\")] partial class Net;")]
    [InlineData("NETG087",
        "[Network(Mode = NetworkMode.Training, Unroll = Unroll.Always), Input(784), Dense(128)] partial class Net;",
        "[Network(Mode = NetworkMode.Training), Input(784), Dense(128)] partial class Net;")]
    public async Task A_fix_keeps_what_stands_around_it(string id, string bad, string good) => Assert.Equal($"using NetGen; {good}", await FixAsync(id, $"using NetGen; {bad}"));

    [Theory]
    [InlineData("NETG031", "[Network, Input(4), Dense(4, From = \"nothing_like_it\")] partial class Net;")]
    [InlineData("NETG040", "[Network, Input(1, 4, 4), Dense(2, Bias = false), Flatten, Dense(16), Add(\"flatten1\")] partial class Net;")]
    [InlineData("NETG040", "[Network, Input(1, 4, 4), Dense(2), Tanh(Name = \"flatten1\")] partial class Net;")]
    [InlineData("NETG080", "[Network, Input(4), Dense(4, Name = \"a\"), Tanh, Softmax(From = \"a\"), SoftmaxCrossEntropy] partial class Net;")]
    [InlineData("NETG082", "[Network, Input(4), Dense(2), ReLU, Tanh(Name = \"a\"), Dense(2), Add(\"a\")] partial class Net;")]
    [InlineData("NETG082", "[Network, Input(4), Dense(2), ReLU, Tanh, Dense(2), Tanh, Dense(2), Add(\"tanh2\")] partial class Net;")]
    [InlineData("NETG086", "[Network, Input(4), Dense(2, Name = nameof(A)), Dense(2, From = \"input\", Share = nameof(A))] partial class Net; class A;")]
    [InlineData("NETG084", "[Network, Input(4), Dropout(0.5f, Name = \"a\"), BatchNorm, Add(\"a\")] partial class Net;")]
    public async Task A_fix_that_would_change_more_than_the_mistake_is_not_offered(string id, string source)
    {
        (Document document, ImmutableArray<Diagnostic> found) = await OpenAsync($"using NetGen; {source}");

        Assert.Empty(await OffersAsync(document, Assert.Single(found, diagnostic => diagnostic.Id == id)));
    }

    [Fact]
    public async Task Fixing_all_changes_every_network_of_a_project()
    {
        string[] bad =
        [
            "[Network, Input(1, 2, 2), Dense(2), BatchNorm, Softmax, ReLU, Tanh, Dense(2), Softmax, SoftmaxCrossEntropy] partial class A0;",
            "[Network, Input(1, 2, 2), Dense(2), BatchNorm, ReLU, Dense(2), Dropout(0.5f), MeanSquaredError] partial class A1; [Network, Input(1, 2, 2), Dense(2)] partial class A2;",
        ];
        string[] good =
        [
            "[Network, Input(1, 2, 2), Flatten, Dense(2), BatchNorm, Softmax, ReLU, Tanh, Dense(2), Softmax, SoftmaxCrossEntropy] partial class A0;",
            "[Network, Input(1, 2, 2), Flatten, Dense(2), BatchNorm, ReLU, Dense(2), Dropout(0.5f), MeanSquaredError] partial class A1; "
                + "[Network, Input(1, 2, 2), Flatten, Dense(2)] partial class A2;",
        ];
        using AdhocWorkspace workspace = new();
        Project project = Open(workspace, bad.Select(source => $"using NetGen; {source}"));

        Assert.Equal(good.Select(source => $"using NetGen; {source}"), await FixAllAsync(project, "NETG040"));
    }

    [Fact]
    public async Task A_class_is_renamed_in_every_file_that_uses_it()
    {
        using AdhocWorkspace workspace = new();
        Project project = Open(workspace, ["namespace A; [NetGen.Network, NetGen.Input(4), NetGen.Dense(2)] public partial class State;", "class User { A.State net = new A.State(); }"]);

        Assert.Equal(
            ["namespace A; [NetGen.Network, NetGen.Input(4), NetGen.Dense(2)] public partial class StateNet;", "class User { A.StateNet net = new A.StateNet(); }"],
            await FixAllAsync(project, "NETG004"));
    }

    /// <summary>The text after fixing all mistakes of one kind.</summary>
    private static async Task<string> FixAsync(string id, string source)
    {
        using AdhocWorkspace workspace = new();
        Project project = Open(workspace, [source]);
        Document document = project.Documents.Single();
        ImmutableArray<Diagnostic> found = await DiagnosticsAsync(project);
        Diagnostic[] mistakes = [.. found.Where(diagnostic => diagnostic.Id == id)];
        string all = Assert.Single(await FixAllAsync(project, id));

        // A single mistake is fixed alike by itself.
        if (mistakes.Length == 1)
        {
            CodeAction action = Assert.Single(await OffersAsync(document, mistakes[0]));
            Assert.Equal(all, Assert.Single(await TextsAsync(action, project.Id)));
        }
        return all;
    }

    private static async Task<(Document Document, ImmutableArray<Diagnostic> Diagnostics)> OpenAsync(string source)
    {
        Project project = Open(new AdhocWorkspace(), [source]);
        return (project.Documents.Single(), await DiagnosticsAsync(project));
    }

    private static Project Open(AdhocWorkspace workspace, IEnumerable<string> sources)
    {
        CSharpCompilation model = GeneratorHarness.Compilation();
        Project project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Networks", "Networks", LanguageNames.CSharp,
            compilationOptions: model.Options, parseOptions: GeneratorHarness.ParseOptions, metadataReferences: model.References));
        foreach ((int index, string source) in sources.Index())
        {
            project = project.AddDocument($"File{index}.cs", SourceText.From(source), filePath: $"File{index}.cs").Project;
        }
        return project;
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Project project)
    {
        var compilation = (CSharpCompilation)(await project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        return await GeneratorHarness.Run(compilation).AnalyzeAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<IReadOnlyList<CodeAction>> OffersAsync(Document document, Diagnostic diagnostic)
    {
        List<CodeAction> actions = [];
        foreach (CodeFixProvider fix in Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
        {
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        }
        return actions;
    }

    private static async Task<IEnumerable<string>> FixAllAsync(Project project, string id)
    {
        CodeFixProvider fix = Fixes.Single(fix => fix.FixableDiagnosticIds.Contains(id));
        FixAllContext context = new(
            project.Documents.First(), fix, FixAllScope.Project, fix.GetType().Name, [id], new Known(await DiagnosticsAsync(project)), TestContext.Current.CancellationToken);
        return await TextsAsync((await fix.GetFixAllProvider()!.GetFixAsync(context))!, project.Id);
    }

    private static async Task<IEnumerable<string>> TextsAsync(CodeAction action, ProjectId project)
    {
        var changed = (await action.GetOperationsAsync(TestContext.Current.CancellationToken)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
        return await Task.WhenAll(changed.GetProject(project)!.Documents.Select(async document => (await document.GetTextAsync()).ToString()));
    }

    private sealed class Known(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            diagnostics.Where(diagnostic => diagnostic.Location.SourceTree?.FilePath == document.FilePath);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
