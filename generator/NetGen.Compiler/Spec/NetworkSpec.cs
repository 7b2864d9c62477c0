using System.Linq;

namespace NetGen.Compiler.Spec;

/// <summary>What the user wrote: the only thing that the generator caches. Everything after it is recomputed from it.</summary>
/// <param name="Type">The class to extend.</param>
/// <param name="Elements">Inputs, layers and the loss, in source order.</param>
/// <param name="Unroll">Which layers become straight-line code.</param>
/// <param name="MustStream">Whether it must be able to take its sequence step by step.</param>
/// <param name="IsStateful">Whether training carries the states of recurrences from one batch to the next.</param>
/// <param name="Mode">What the class is for.</param>
/// <param name="Weights">The trained weights that lie in its assembly; null where it has none.</param>
/// <param name="Budget">What it may cost; null where nobody says.</param>
public sealed record NetworkSpec(
    TypeSpec Type, EquatableArray<ElementSpec> Elements, UnrollMode Unroll = UnrollMode.Auto, bool MustStream = false, bool IsStateful = false,
    NetworkMode Mode = NetworkMode.Training, WeightsSpec? Weights = null, BudgetSpec? Budget = null);

/// <summary>What a network's class is for: the runtime's <c>NetworkMode</c>, member for member.</summary>
public enum NetworkMode
{
    /// <summary>Training and prediction.</summary>
    Training,

    /// <summary>Prediction with fixed parameters.</summary>
    Inference,
}

/// <summary>The class that the user declared.</summary>
/// <param name="Namespace">Its namespace; null for the global one.</param>
/// <param name="Containers">The types around it, outermost first, each as it must be reopened, such as <c>partial class Outer</c>: none is generic, so the last word is its name.</param>
/// <param name="Keyword"><c>class</c> or <c>record</c>.</param>
/// <param name="Name">Its own name.</param>
/// <param name="Record">What copies of it need where it is a record; otherwise null.</param>
public sealed record TypeSpec(string? Namespace, EquatableArray<string> Containers, string Keyword, string Name, RecordSpec? Record)
{
    /// <summary>Its name with what is around it: <c>Vision.Models.DigitNet</c>. '@', which escapes a keyword in source, is no part of a name.</summary>
    public string FullName => string.Join(".", [
        .. Namespace is null ? [] : new[] { Namespace }, .. Containers.Select(container => container.Substring(container.LastIndexOf(' ') + 1)), Name]).Replace("@", "");
}

/// <summary>What the copy of a record network (<c>net with { }</c>) needs, because its buffers must not be shared.</summary>
/// <param name="IsSealed">Whether nothing derives from it.</param>
/// <param name="IsDerived">Whether it derives from another record.</param>
/// <param name="Members">The user's own fields and properties that hold values, as C# text.</param>
public sealed record RecordSpec(bool IsSealed, bool IsDerived, EquatableArray<string> Members);

/// <summary>One element, as its attribute was written.</summary>
/// <param name="Kind">The attribute's name without its suffix: <c>Input</c>, <c>Dense</c>, <c>Residual</c>, <c>SoftmaxCrossEntropy</c>.</param>
/// <param name="Arguments">Constructor parameters (those left out too, with their defaults) and the properties that were set.</param>
/// <param name="Blocks">The blocks that are its type arguments, in order.</param>
/// <param name="Function">The user's function that is its type argument; null where it takes none.</param>
public sealed record ElementSpec(string Kind, EquatableArray<ArgumentSpec> Arguments, EquatableArray<BlockSpec> Blocks, FunctionSpec? Function = null);

/// <summary>A function of the user's: a struct that the generated code names.</summary>
/// <param name="Name">As the user wrote it.</param>
/// <param name="Type">As generated code writes it, from <c>global::</c> on.</param>
/// <param name="Hidden">What hides it from generated code, such as <c>private</c>; null where nothing does.</param>
public sealed record FunctionSpec(string Name, string Type, string? Hidden);

/// <summary>One argument of an attribute.</summary>
/// <param name="Name">The constructor parameter's or the property's name in lower camel case: <c>units</c>, <c>name</c>, <c>init</c>.</param>
/// <param name="Values">One value, or the elements of an array: <see cref="int"/>, <see cref="float"/>, <see cref="bool"/> or <see cref="string"/>; an enum by its member's name.</param>
public sealed record ArgumentSpec(string Name, EquatableArray<object> Values);

/// <summary>A block, expanded where it is used.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="Problem">Why it cannot be expanded.</param>
/// <param name="Elements">Its layers in source order; empty where there is a problem.</param>
public sealed record BlockSpec(string Name, BlockProblem Problem, EquatableArray<ElementSpec> Elements);

/// <summary>Why a block cannot be expanded.</summary>
public enum BlockProblem
{
    None,

    /// <summary>The class is not marked <c>[Block]</c>.</summary>
    NotABlock,

    /// <summary>It contains itself, directly or through others.</summary>
    ContainsItself,

    /// <summary>Its layers stand on more than one declaration, so that their order is not defined.</summary>
    SeveralDeclarations,
}

/// <summary>What a network may cost; null where there is no limit.</summary>
/// <param name="Parameters">Its numbers.</param>
/// <param name="ArenaBytes">Bytes that predicting one sample takes beside parameters, input and output.</param>
/// <param name="Flops">Floating-point operations of predicting one sample.</param>
public sealed record BudgetSpec(BudgetLimit? Parameters, BudgetLimit? ArenaBytes, BudgetLimit? Flops);

/// <summary>One limit.</summary>
/// <param name="Most">The most that is allowed.</param>
/// <param name="Property">The property of the project that says so; null for the attribute.</param>
public sealed record BudgetLimit(long Most, string? Property = null);
