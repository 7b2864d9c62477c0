using System.Collections.Generic;
using System.Text;

namespace NetGen.Compiler.Emit;

/// <summary>Text with indentation and <c>\n</c> line ends.</summary>
internal sealed class SourceWriter
{
    private const int LongestLine = 130;

    private readonly StringBuilder _text = new();
    private int _indent;

    /// <summary>Writes a line, or several: each is indented.</summary>
    public void Line(string text = "")
    {
        for (int start = 0; start <= text.Length;)
        {
            int end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            int length = end > start && end < text.Length && text[end - 1] == '\r' ? end - start - 1 : end - start;
            if (length > 0)
            {
                _text.Append(' ', _indent * 4).Append(text, start, length);
            }
            _text.Append('\n');
            start = end + 1;
        }
    }

    /// <summary>Writes a line and an opening brace, and indents what follows.</summary>
    public void Open(string header)
    {
        Line(header);
        Line("{");
        _indent++;
    }

    /// <summary>Opens a method; a long list of parameters gets a line each.</summary>
    public void OpenMethod(string name, IReadOnlyList<string> parameters, string suffix = "") => Open(List(name, parameters) + suffix);

    /// <summary>Writes a call; a long list of arguments gets a line each.</summary>
    public void Call(string method, IReadOnlyList<string> arguments) => Line($"{List(method, arguments)};");

    private static string List(string name, IReadOnlyList<string> items)
    {
        string line = $"{name}({string.Join(", ", items)})";
        return line.Length <= LongestLine ? line : $"{name}(\n    {string.Join(",\n    ", items)})";
    }

    /// <summary>Ends what <see cref="Open"/> began.</summary>
    public void Close(string suffix = "")
    {
        _indent--;
        Line("}" + suffix);
    }

    public override string ToString() => _text.ToString();
}
