namespace NetGen;

/// <summary>The element types of a safetensors file.</summary>
public enum SafetensorsType
{
    /// <summary>One byte, 0 or 1.</summary>
    Bool,

    /// <summary>Unsigned, 8 bits.</summary>
    U8,

    /// <summary>Signed, 8 bits.</summary>
    I8,

    /// <summary>Floating-point, 8 bits, 5 of them exponent.</summary>
    F8E5M2,

    /// <summary>Floating-point, 8 bits, 4 of them exponent.</summary>
    F8E4M3,

    /// <summary>Unsigned, 16 bits.</summary>
    U16,

    /// <summary>Signed, 16 bits.</summary>
    I16,

    /// <summary>IEEE half precision.</summary>
    F16,

    /// <summary>The upper half of a single.</summary>
    BF16,

    /// <summary>Unsigned, 32 bits.</summary>
    U32,

    /// <summary>Signed, 32 bits.</summary>
    I32,

    /// <summary>IEEE single precision.</summary>
    F32,

    /// <summary>Unsigned, 64 bits.</summary>
    U64,

    /// <summary>Signed, 64 bits.</summary>
    I64,

    /// <summary>IEEE double precision.</summary>
    F64,
}

/// <summary>What the file format says of its types.</summary>
internal static class SafetensorsTypes
{
    private static readonly (string Name, SafetensorsType Type, int Size)[] All =
    [
        ("BOOL", SafetensorsType.Bool, 1),
        ("U8", SafetensorsType.U8, 1),
        ("I8", SafetensorsType.I8, 1),
        ("F8_E5M2", SafetensorsType.F8E5M2, 1),
        ("F8_E4M3", SafetensorsType.F8E4M3, 1),
        ("U16", SafetensorsType.U16, 2),
        ("I16", SafetensorsType.I16, 2),
        ("F16", SafetensorsType.F16, 2),
        ("BF16", SafetensorsType.BF16, 2),
        ("U32", SafetensorsType.U32, 4),
        ("I32", SafetensorsType.I32, 4),
        ("F32", SafetensorsType.F32, 4),
        ("U64", SafetensorsType.U64, 8),
        ("I64", SafetensorsType.I64, 8),
        ("F64", SafetensorsType.F64, 8),
    ];

    /// <summary>All names, as an error lists them.</summary>
    public static string Names => string.Join(", ", All.Select(row => row.Name));

    /// <summary>The type of a name in a file; null for one that is not known.</summary>
    public static SafetensorsType? Parse(string name)
    {
        foreach ((string known, SafetensorsType type, _) in All)
        {
            if (known == name)
            {
                return type;
            }
        }
        return null;
    }

    /// <summary>The name in files.</summary>
    public static string NameOf(SafetensorsType type) => All[(int)type].Name;

    /// <summary>Bytes of one element.</summary>
    public static int SizeOf(SafetensorsType type) => All[(int)type].Size;

    /// <summary>Whether <see cref="SafetensorsNumbers"/> converts it.</summary>
    public static bool ConvertsToFloat(SafetensorsType type) =>
        type is SafetensorsType.F32 or SafetensorsType.F16 or SafetensorsType.BF16 or SafetensorsType.F64;
}
