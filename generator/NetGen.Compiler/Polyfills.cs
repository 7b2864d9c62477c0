// Types that the C# compiler looks for and that netstandard2.0 lacks.
namespace System.Runtime.CompilerServices;

/// <summary>Lets <c>init</c> accessors and records compile.</summary>
internal static class IsExternalInit;
