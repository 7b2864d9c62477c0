namespace NetGen;

/// <summary>
/// Tells headers apart that the build read from those that lie in the assembly: two files of one header differ in their numbers only. It guards against mistakes, not against people.
/// </summary>
internal static class HeaderHash
{
    /// <summary>FNV-1a, 64 bits.</summary>
    public static ulong Of(ReadOnlySpan<byte> header)
    {
        ulong hash = 14695981039346656037;
        foreach (byte part in header)
        {
            hash = unchecked((hash ^ part) * 1099511628211);
        }
        return hash;
    }
}
