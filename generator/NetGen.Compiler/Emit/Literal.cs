using System.Globalization;
using System.Text;

namespace NetGen.Compiler.Emit;

/// <summary>Constants as C# text: invariant, and such that they read back as the same bits.</summary>
public static class Literal
{
    public static string Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(bool value) => value ? "true" : "false";

    public static string Of(float value)
    {
        if (float.IsNaN(value))
        {
            return "float.NaN";
        }
        if (float.IsInfinity(value))
        {
            return value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity";
        }
        if (value == 0 && 1 / value < 0)
        {
            return "-0f";
        }
        string shortest = value.ToString("G7", CultureInfo.InvariantCulture);
        bool exact = float.Parse(shortest, CultureInfo.InvariantCulture).Equals(value);
        return (exact ? shortest : value.ToString("G9", CultureInfo.InvariantCulture)) + "f";
    }

    /// <summary>A number as people write it, for comments and messages.</summary>
    public static string Plain(float value) => Of(value).TrimEnd('f');

    /// <summary>A number with thousands separators, for comments.</summary>
    public static string Grouped(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Of(string value)
    {
        var text = new StringBuilder("\"");
        foreach (char c in value)
        {
            text.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                < ' ' or '\u0085' or '\u2028' or '\u2029' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }
        return text.Append('"').ToString();
    }
}
