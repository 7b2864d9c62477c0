using System.Collections.Generic;

namespace NetGen.Compiler.Ir;

/// <summary>Names that no two things share.</summary>
internal static class UniqueName
{
    /// <summary>Takes a name, or the first free one with a number behind it: <c>dense_2</c> where <c>dense</c> is taken.</summary>
    /// <param name="taken">The names that are taken; this one is from now on.</param>
    /// <param name="wanted">The name.</param>
    /// <param name="separator">What stands before the number.</param>
    public static string Take(this HashSet<string> taken, string wanted, string separator = "_")
    {
        string name = wanted;
        for (int suffix = 2; !taken.Add(name); suffix++)
        {
            name = $"{wanted}{separator}{suffix}";
        }
        return name;
    }
}
