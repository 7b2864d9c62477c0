namespace NetGen;

/// <summary>Tables of plain text: cells under each other, two spaces apart.</summary>
internal static class TextTable
{
    /// <summary>A line for each row.</summary>
    /// <param name="rows">As many cells in each; the first are the heads.</param>
    /// <param name="texts">Columns that begin at the left; numbers end at the right.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<string[]> rows, params int[] texts)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => texts.Contains(column) ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
    }
}
