using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>
/// Two element-wise ops in one pass over memory: the outer one, of whose operands one is what the inner one gives. Either may be a chain again. Operands: the outer's, with
/// the inner's in the place of that one.
/// </summary>
/// <param name="Outer">What is done last.</param>
/// <param name="Index">Which of the outer's operands the inner gives.</param>
/// <param name="Inner">What is done before.</param>
/// <param name="InnerOperands">How many operands the inner has.</param>
/// <param name="AllOperands">How many operands the chain has.</param>
public sealed record ElementwiseChain(Op Outer, int Index, Op Inner, int InnerOperands, int AllOperands) : Op
{
    /// <summary>Operands that a chain may have: what a kernel reads at once.</summary>
    public const int MostOperands = 3;

    private static readonly string[] Arguments = ["First", "Second", "Third"];

    public override string Mnemonic => $"{Inner.Mnemonic}{Outer.Mnemonic}";

    public override string Attributes => string.Join(", ", new[] { Inner.Attributes, Outer.Attributes }.Where(part => part.Length > 0));

    public override IReadOnlyList<int> InPlaceOperands => [.. Enumerable.Range(0, AllOperands)];

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Require(operands.Count == AllOperands && AllOperands <= MostOperands && operands.All(operand => operand == operands[0]), "up to three operands of one shape");
        return operands[0];
    }

    public override long Flops(Node node) => node.Shape.Count * 2;

    public override ChainTerm? Term(IReadOnlyList<ChainTerm> operands) => Outer.Term(Spliced(operands, Inner.Term([.. operands.Skip(Index).Take(InnerOperands)])!));

    public override string Formula(Node node, INames names)
    {
        ChainTerm term = Term([.. node.Operands.Select(operand => new ChainTerm("", "", names[operand]))])!;
        return $"{names[node]} = {WithoutBrackets(term.Formula)}";
    }

    /// <summary>The formula without brackets around all of it.</summary>
    private static string WithoutBrackets(string formula)
    {
        int depth = 0;
        int end = formula.TakeWhile(c => (depth += c == '(' ? 1 : c == ')' ? -1 : 0) > 0).Count();
        return end > 0 && end == formula.Length - 1 ? formula.Substring(1, end - 1) : formula;
    }

    public override string Emit(Node node, INames names)
    {
        string[] operands = [.. node.Operands.Select(operand => names[operand])];
        ChainTerm term = Term([.. operands.Select((_, index) => new ChainTerm(Arguments[index], "", ""))])!;
        return $"Elementwise.Chain({string.Join(", ", operands)}, {names[node]}, {term.Construct()});";
    }

    private IReadOnlyList<T> Spliced<T>(IReadOnlyList<T> operands, T inner) => [.. operands.Take(Index), inner, .. operands.Skip(Index + InnerOperands)];
}

/// <summary>A part of an expression, as the runtime's type and as mathematics.</summary>
/// <param name="Type">The runtime's struct, as C#.</param>
/// <param name="Arguments">What its constructor gets; empty where the default value will do.</param>
/// <param name="Formula">As mathematics; binds tighter than any operator, or is a function.</param>
public sealed record ChainTerm(string Type, string Arguments, string Formula)
{
    /// <summary>A value of the type, as C#.</summary>
    public string Construct() => Arguments.Length == 0 ? $"default({Type})" : $"new {Type}({Arguments})";

    /// <summary>A part that is made of others.</summary>
    /// <param name="type">The runtime's struct without its type arguments.</param>
    /// <param name="first">Its type arguments before the parts.</param>
    /// <param name="arguments">Its constructor's arguments before the parts; empty where they are default values.</param>
    /// <param name="parts">What it is made of.</param>
    /// <param name="formula">As mathematics.</param>
    public static ChainTerm Of(string type, string first, string arguments, IReadOnlyList<ChainTerm> parts, string formula)
    {
        bool isDefault = arguments.Length == 0 && parts.All(part => part.Arguments.Length == 0);
        string types = string.Join(", ", (first.Length == 0 ? [] : new[] { first }).Concat(parts.Select(part => part.Type)));
        string[] own = first.Length == 0 && arguments.Length == 0 ? [] : [arguments.Length == 0 ? "default" : arguments];
        string all = string.Join(", ", own.Concat(parts.Select(part => part.Construct())));
        return new($"{type}<{types}>", isDefault ? "" : all, formula);
    }
}
