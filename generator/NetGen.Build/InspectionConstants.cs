using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NetGen.Build;

/// <summary>Reads what the networks of an assembly compiled to from its metadata. No code of the assembly runs, and nothing that it references is needed.</summary>
public static class InspectionConstants
{
    private const string Namespace = "NetGen.Generated";
    private const string Constant = "NetGenInspection";

    /// <summary>The constants of an assembly, as JSON, in the order of its types; none where it was built without <c>NetGenInspect</c>.</summary>
    /// <exception cref="BadImageFormatException">The file is no .NET assembly.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static IReadOnlyList<string> Read(string assembly)
    {
        using FileStream stream = File.OpenRead(assembly);
        using PEReader file = new(stream);
        if (!file.HasMetadata)
        {
            throw new BadImageFormatException("it holds machine code only, no .NET metadata");
        }
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.TypeDefinitions
            .Select(metadata.GetTypeDefinition)
            .Where(type => metadata.StringComparer.Equals(type.Namespace, Namespace))
            .SelectMany(type => type.GetFields())
            .Select(metadata.GetFieldDefinition)
            .Where(field => (field.Attributes & FieldAttributes.Literal) != 0 && metadata.StringComparer.Equals(field.Name, Constant))
            .Select(field => metadata.GetConstant(field.GetDefaultValue()))
            .Where(constant => constant.TypeCode == ConstantTypeCode.String)
            .Select(constant => metadata.GetBlobReader(constant.Value))
            .Select(blob => blob.ReadUTF16(blob.Length))];
    }
}
