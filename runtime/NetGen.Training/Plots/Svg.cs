using System.Globalization;
using System.Security;
using System.Text;

namespace NetGen.Training;

/// <summary>An SVG picture being written: its classes have colours that follow the reader's light or dark scheme, in a page of ours and alone.</summary>
internal sealed class Svg
{
    private readonly StringBuilder _text = new();
    private readonly double _width;
    private readonly double _height;

    public Svg(double width, double height) => (_width, _height) = (width, height);

    /// <summary>What the classes look like; pages have it once.</summary>
    public static string Style { get; } = Resource.Read("plot.css");

    public void Element(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Open(name, attributes);
        _text.Length--;
        _text.Append("/>");
    }

    public void Open(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _text.Append('<').Append(name);
        foreach ((string attribute, string value) in attributes)
        {
            _text.Append(' ').Append(attribute).Append("=\"").Append(Escape(value)).Append('"');
        }
        _text.Append('>');
    }

    public void Close(string name) => _text.Append("</").Append(name).Append('>');

    public void Text(double x, double y, string text, string style, string anchor)
    {
        Open("text", ("x", Number(x)), ("y", Number(y)), ("class", style), ("text-anchor", anchor));
        _text.Append(Escape(text));
        Close("text");
    }

    /// <summary>The picture as a file of its own.</summary>
    public override string ToString() => Wrap($"<style>{Style}</style><rect width=\"100%\" height=\"100%\" class=\"paper\"/>") + "\n";

    /// <summary>The picture as part of a page that has <see cref="Style"/>.</summary>
    public string Inline() => Wrap("");

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The text for XML and HTML, without the characters that these cannot hold.</summary>
    public static string Escape(string text)
    {
        StringBuilder printable = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            printable.Append(Rune.IsControl(rune) || rune.Value is 0xFFFE or 0xFFFF ? Rune.ReplacementChar : rune);
        }
        return SecurityElement.Escape(printable.ToString());
    }

    private string Wrap(string before) =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" viewBox=\"0 0 {Number(_width)} {Number(_height)}\" width=\"{Number(_width)}\" role=\"img\">{before}{_text}</svg>";
}
