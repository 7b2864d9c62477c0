namespace NetGen.Compiler.Spec;

/// <summary>Where an element stands in the user's source.</summary>
/// <param name="Path">The element, as the path of an issue has it.</param>
/// <param name="File">The file, from the project's folder on, with slashes.</param>
/// <param name="Line">The line, from 1.</param>
public sealed record SourcePlace(EquatableArray<int> Path, string File, int Line);
