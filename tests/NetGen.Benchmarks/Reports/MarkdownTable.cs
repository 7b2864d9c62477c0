namespace NetGen.Benchmarks.Reports;

/// <summary>A table for people, written line by line as results come in; Markdown shows it as one too.</summary>
/// <param name="output">Where it goes.</param>
/// <param name="columns">Headings with their widths in characters, below 0 for text, which starts at the left.</param>
internal sealed class MarkdownTable(TextWriter output, params (string Heading, int Width)[] columns)
{
    public void WriteHeadings()
    {
        WriteLine([.. columns.Select(column => column.Heading)]);
        WriteLine([.. columns.Select(column => column.Width < 0 ? new string('-', -column.Width) : $"{new string('-', column.Width - 1)}:")]);
    }

    public void WriteLine(params string[] cells)
    {
        IEnumerable<string> padded = cells.Zip(columns, (cell, column) => column.Width < 0 ? cell.PadRight(-column.Width) : cell.PadLeft(column.Width));
        output.WriteLine($"| {string.Join(" | ", padded)} |");
        output.Flush();
    }
}
