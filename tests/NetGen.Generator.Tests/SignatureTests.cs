using Microsoft.CodeAnalysis;
using NetGen.Testing;

namespace NetGen.Generator.Tests;

/// <summary>That a network with a mistake has the members that it has without, so that code around it gets no errors of its own.</summary>
public sealed class SignatureTests
{
    private static readonly SymbolDisplayFormat Signature = SymbolDisplayFormat.FullyQualifiedFormat
        .WithMemberOptions(
            SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeAccessibility
            | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeExplicitInterface)
        .WithParameterOptions(
            SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeDefaultValue);

    [Theory]
    [InlineData("[Network, Input(4), Dense(2)] public sealed partial class Net;")]
    [InlineData("[Network, Input(4), Dense(2), SoftmaxCrossEntropy] public partial class Net;")]
    [InlineData("[Network, Input(4), Dense(2), Dense(1), SigmoidCrossEntropy] public partial class Net;")]
    [InlineData("[Network, Input(4), Dense(2), MeanSquaredError] public sealed partial class Net;")]
    [InlineData("[Network, Input(4), Dense(2), Huber] internal partial class Net;")]
    [InlineData("[Network, Input(3, Name = \"image\"), Input(1, Name = \"output\"), Concat(\"image\"), Dense(2), Huber] public partial class Net;")]
    [InlineData("[Network, Input(4), Dropout(0.5f), Dense(2), MeanAbsoluteError] public sealed partial record Net;")]
    [InlineData("[Network, Input(4), Dense(2)] public partial record Net;")]
    public async Task A_network_with_a_mistake_has_the_same_signatures(string declaration)
    {
        GeneratorRun right = GeneratorHarness.Run($"using NetGen; {declaration}");
        GeneratorRun wrong = GeneratorHarness.Run($"using NetGen; {declaration.Replace("Dense(2)", "Dense(0)", StringComparison.Ordinal)}");

        Assert.Empty(await right.AnalyzeAsync(TestContext.Current.CancellationToken));
        Assert.Single(await wrong.AnalyzeAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Signatures(right), Signatures(wrong));
    }

    /// <summary>Interfaces and all members that other code can name.</summary>
    private static IEnumerable<string> Signatures(GeneratorRun run)
    {
        INamedTypeSymbol type = run.Output.GetTypeByMetadataName("Net")!;
        return type.AllInterfaces.Select(implemented => implemented.ToDisplayString())
            .Concat(type.GetMembers()
                .Where(member => member.DeclaredAccessibility is not Accessibility.Private)
                .Select(member => member.ToDisplayString(Signature)))
            .Order(StringComparer.Ordinal);
    }
}
