using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NetGen.Compiler.Inspection;

/// <summary>JSON as text. The C# compiler's hosts do not all have a JSON library, and what is written here is little.</summary>
internal static class Json
{
    public static string Of(string? text)
    {
        if (text is null)
        {
            return "null";
        }
        var json = new StringBuilder("\"");
        foreach (char c in text)
        {
            json.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }
        return json.Append('"').ToString();
    }

    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Three decimals: what is measured by a yardstick has no more.</summary>
    public static string Of(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    public static string Array(IEnumerable<string> items) => $"[{string.Join(",", items)}]";

    public static string Array(IEnumerable<int> items) => Array(items.Select(item => Of(item)));

    public static string Object(params (string Name, string Value)[] members) => $"{{{string.Join(",", members.Select(member => $"\"{member.Name}\":{member.Value}"))}}}";

    /// <summary>An array with a line for each item, so that people can read it and compare two.</summary>
    public static string Lines(IEnumerable<string> items)
    {
        string lines = string.Join(",\n", items);
        return lines.Length == 0 ? "[]" : $"[\n{lines}\n]";
    }
}
