using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Compiler.Lowering;

/// <summary>Names in place of wrong ones.</summary>
internal static class NameSuggestion
{
    /// <summary>Letters that a name and the one that was meant may differ in.</summary>
    private const int FarthestTypo = 2;

    /// <summary>The known name that was most likely meant; null where none is near.</summary>
    public static string? Nearest(string name, IEnumerable<string> known) => known
        .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
        .Where(candidate => candidate.Distance <= Math.Min(FarthestTypo, candidate.Name.Length / 2))
        .OrderBy(candidate => candidate.Distance)
        .FirstOrDefault().Name;

    /// <summary>The name with a number that makes it free: <c>stem2</c> for <c>stem</c>, <c>stem3</c> where that is taken.</summary>
    public static string Free(string name, IReadOnlyCollection<string> taken)
    {
        string stem = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return Enumerable.Range(2, taken.Count + 1).Select(number => $"{stem}{number}").First(candidate => !taken.Contains(candidate));
    }

    /// <summary>The name with an underscore for what cannot be in one: <c>my_layer</c> for <c>my layer</c>.</summary>
    /// <param name="name">A name that cannot be one.</param>
    /// <param name="fallback">One that can.</param>
    public static string Valid(string name, string fallback)
    {
        string valid = string.Concat(name.Select(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') ? c : '_')).Trim('_');
        return valid.Length == 0 ? fallback : char.IsDigit(valid[0]) ? $"{fallback}_{valid}" : valid;
    }

    /// <summary>Insertions, deletions and replacements of letters that turn one name into the other (Levenshtein 1966).</summary>
    private static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 0; i < from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < to.Length; j++)
            {
                int replaced = diagonal + (from[i] == to[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, 1 + Math.Min(row[j], diagonal));
            }
        }
        return row[to.Length];
    }
}
