using System.Globalization;
using System.Linq;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Issues;

/// <summary>A mistake in a network, to be shown at the element that caused it.</summary>
/// <param name="Descriptor">Which mistake.</param>
/// <param name="Path">
/// The element: its index among the network's elements, then, for an element inside a block, the block's index among the type arguments and the
/// element's index in that block, and so on inwards. Empty for the class itself; <see cref="AtWeights"/> for its weights, <see cref="AtBudget"/> for its budget.
/// </param>
/// <param name="Argument">The argument at fault, as <see cref="ArgumentSpec.Name"/> has it; null for the whole attribute.</param>
/// <param name="Arguments">What the message's placeholders stand for.</param>
public sealed record Issue(IssueDescriptor Descriptor, EquatableArray<int> Path, string? Argument, EquatableArray<string> Arguments)
{
    /// <summary>Which value of the argument is at fault, where it takes several; null for all of them.</summary>
    public int? Item { get; init; }

    /// <summary>What would be right in place of the argument; null where the compiler cannot tell.</summary>
    public string? Suggestion { get; init; }

    /// <summary>The path of the <c>[Weights]</c> of a network, which is no element.</summary>
    public static EquatableArray<int> AtWeights { get; } = new([-1]);

    /// <summary>The path of the <c>[Budget]</c> of a network, which is no element either.</summary>
    public static EquatableArray<int> AtBudget { get; } = new([-2]);

    /// <summary>The message: what was expected, what came, what to do.</summary>
    public string Message => string.Format(CultureInfo.InvariantCulture, Descriptor.MessageFormat, Arguments.ToArray<object>());
}

/// <summary>A kind of mistake.</summary>
/// <param name="Id"><c>NETG001</c> and so on; never reused.</param>
/// <param name="Title">A few words.</param>
/// <param name="MessageFormat">The message with placeholders.</param>
/// <param name="Severity">What it does to the network.</param>
public sealed record IssueDescriptor(string Id, string Title, string MessageFormat, IssueSeverity Severity = IssueSeverity.Error);

/// <summary>What an issue does to a network: the names are Roslyn's.</summary>
public enum IssueSeverity
{
    /// <summary>It does not compile.</summary>
    Error,

    /// <summary>It compiles, and surely does not do what its author wants.</summary>
    Warning,

    /// <summary>It compiles, and its author may want to know.</summary>
    Info,
}
