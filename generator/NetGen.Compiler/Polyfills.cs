// Types that the C# compiler looks for and that netstandard2.0 lacks.
namespace System.Runtime.CompilerServices;

/// <summary>Lets <c>init</c> accessors and records compile.</summary>
internal static class IsExternalInit;

/// <summary>Marks a type that an interpolated string is converted to part by part.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
internal sealed class InterpolatedStringHandlerAttribute : Attribute;

/// <summary>Names the arguments that such a type gets.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class InterpolatedStringHandlerArgumentAttribute(params string[] arguments) : Attribute
{
    public string[] Arguments { get; } = arguments;
}
