namespace NetGen.Compiler.Spec;

/// <summary>The <c>[Weights]</c> of a network.</summary>
/// <param name="File">The file, as the attribute names it.</param>
/// <param name="Form">What the weights are in the assembly.</param>
/// <param name="Manifest">What the build found in the file; null where the project does not name it.</param>
public sealed record WeightsSpec(string File, WeightsForm Form, WeightsManifest? Manifest);

/// <summary>What weights are in an assembly: the runtime's <c>WeightsForm</c>, member for member.</summary>
public enum WeightsForm
{
    /// <summary>The file itself, as a resource.</summary>
    Resource,

    /// <summary>Numbers in the generated source.</summary>
    Literals,
}

/// <summary>What the build found in a weights file. It is all that the compiler knows of it: the numbers stay in the file, unless they are few.</summary>
/// <param name="File">As the project names it.</param>
/// <param name="Problem">Why it cannot be read; null where it can.</param>
/// <param name="Length">Bytes of the file.</param>
/// <param name="HeaderLength">Bytes before the first number.</param>
/// <param name="HeaderHash">FNV-1a of those, as hexadecimal digits.</param>
/// <param name="Hash">SHA-256 of the file, as hexadecimal digits.</param>
/// <param name="Metadata">The file's own metadata.</param>
/// <param name="Tensors">Its tensors, in the order of their data.</param>
public sealed record WeightsManifest(
    string File,
    string? Problem,
    long Length,
    int HeaderLength,
    string HeaderHash,
    string Hash,
    EquatableArray<WeightsMetadata> Metadata,
    EquatableArray<WeightsTensor> Tensors)
{
    /// <summary>Numbers of a file beyond which its manifest does not hold them: what the C# compiler takes some 50 ms for, and what people may still want to read.</summary>
    public const int MostLiterals = 16_384;
}

/// <summary>A string that a file carries.</summary>
public sealed record WeightsMetadata(string Key, string Value);

/// <summary>A tensor of a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its numbers, as the file has it: <c>F32</c>.</param>
/// <param name="Shape">Its extents.</param>
/// <param name="Begin">Where its numbers start in the file.</param>
/// <param name="Values">The numbers, as floats; empty in a file of many, or of numbers that are none.</param>
public sealed record WeightsTensor(string Name, string Type, EquatableArray<long> Shape, int Begin, EquatableArray<float> Values);
