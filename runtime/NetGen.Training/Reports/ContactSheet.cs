using System.Globalization;
using System.Text;
using System.Xml;

namespace NetGen.Training;

/// <summary>Images in a grid, each with what it is and what it was taken for: one SVG file that needs no other.</summary>
/// <example><code>
/// ContactSheet.OfMistakes(net, test).Save("mistakes.svg");
/// </code></example>
public sealed class ContactSheet
{
    private const int PageWidth = 1200;
    private const int Margin = 16;
    private const int Gap = 12;
    private const int LineHeight = 14;
    private const int LeastImageWidth = 84;
    private const double CharacterWidth = 6.2;   // of 11 pixels of a common sans-serif font, on average

    private readonly Dataset _data;
    private readonly Shape _image;
    private readonly Mistake[] _mistakes;
    private readonly bool _hasProbabilities;
    private readonly string _title;

    private ContactSheet(NetworkInfo network, Shape image, Dataset data, Mistake[] mistakes, int most)
    {
        _data = data;
        _image = image;
        _mistakes = mistakes[..Math.Min(most, mistakes.Length)];
        _hasProbabilities = network.Loss is LossKind.SoftmaxCrossEntropy or LossKind.SoftmaxFocal or LossKind.SigmoidCrossEntropy or LossKind.SigmoidFocal;
        string shown = _mistakes.Length < mistakes.Length ? $"the {_mistakes.Length} most certain mistakes" : "the most certain mistakes first";
        _title = string.Create(CultureInfo.InvariantCulture,
            $"{network.Name} took {mistakes.Length:N0} of {data.Count:N0} for another class; {shown}. "
            + $"Green: what it is; red: what it was taken for.");
    }

    /// <summary>Images on the sheet.</summary>
    public int Count => _mistakes.Length;

    /// <summary>
    /// The images of a data set whose class a network predicts wrong, the most certain mistakes first. Shades go from black, the least number in the
    /// data set, to white, the greatest.
    /// </summary>
    /// <param name="network">Takes one image of 1 channel (shades of grey) or 3 (red, green, blue).</param>
    /// <param name="data">At least one sample, with classes; kept, not copied.</param>
    /// <param name="most">How many images to show at most; all by default.</param>
    /// <exception cref="ArgumentException">The network takes something else than an image, or the data set does not fit it.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="most"/> is below 1.</exception>
    public static ContactSheet OfMistakes(IPredictor network, Dataset data, int most = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        Mistake[] mistakes = Mistake.Find(network, data);
        if (network.Info.Inputs is not [{ Shape: { Rank: 3 } shape }] || shape[0] is not (1 or 3))
        {
            throw new ArgumentException(
                $"{network.Info.Name} takes {string.Join(" + ", network.Info.Inputs.Select(input => input.Shape))}; "
                + "expected one image (channels, height, width) of 1 or 3 channels.", nameof(network));
        }
        return new ContactSheet(network.Info, shape, data, mistakes, most);
    }

    /// <summary>Writes the sheet to an SVG file, in UTF-8. A file of that name is replaced when the sheet is complete.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <exception cref="IOException">The file cannot be written; what was there is still there.</exception>
    public void Save(string path) => WholeFile.Write(path, stream =>
    {
        using StreamWriter writer = new(stream, leaveOpen: true);
        Write(writer);
    });

    /// <summary>Writes the sheet as SVG text.</summary>
    /// <param name="writer">Left open.</param>
    public void Write(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        using XmlWriter svg = XmlWriter.Create(writer, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, NewLineChars = "\n" });
        int scale = Math.Max(1, (LeastImageWidth - 1) / _image[2] + 1);
        int imageWidth = scale * _image[2];
        int imageHeight = scale * _image[1];
        int longest = _mistakes.Length == 0 ? 0 : _mistakes.Max(mistake => Math.Max(Actual(mistake).Length, Predicted(mistake).Length));
        int stepX = Math.Max(imageWidth, (int)(longest * CharacterWidth)) + Gap;
        int stepY = imageHeight + 2 * LineHeight + Gap;
        int columns = Math.Max(1, (PageWidth - 2 * Margin + Gap) / stepX);
        int rows = (Count + columns - 1) / columns;
        int top = Margin + 2 * LineHeight;

        svg.WriteStartElement("svg", "http://www.w3.org/2000/svg");
        Attribute(svg, "width", PageWidth);
        Attribute(svg, "height", top + rows * stepY + Margin);
        svg.WriteAttributeString("font-family", "sans-serif");
        svg.WriteAttributeString("font-size", "11");
        svg.WriteStartElement("rect");
        svg.WriteAttributeString("width", "100%");
        svg.WriteAttributeString("height", "100%");
        svg.WriteAttributeString("fill", "#ffffff");
        svg.WriteEndElement();
        Text(svg, Margin, Margin + LineHeight, "#1f2328", _title);

        Shades shades = new(_data.Features);
        for (int i = 0; i < Count; i++)
        {
            Mistake mistake = _mistakes[i];
            int x = Margin + i % columns * stepX;
            int y = top + i / columns * stepY;
            svg.WriteStartElement("image");
            Attribute(svg, "x", x);
            Attribute(svg, "y", y);
            Attribute(svg, "width", imageWidth);
            Attribute(svg, "height", imageHeight);
            svg.WriteAttributeString("style", "image-rendering:pixelated");
            svg.WriteAttributeString("href", "data:image/png;base64," + Convert.ToBase64String(Picture(mistake.Sample, shades)));
            svg.WriteEndElement();
            Text(svg, x, y + imageHeight + LineHeight, "#1a7f37", Actual(mistake));
            Text(svg, x, y + imageHeight + 2 * LineHeight, "#b42318", Predicted(mistake));
        }
        svg.WriteEndElement();
    }

    private string Actual(Mistake mistake) => Printable(_data.ClassNames[mistake.Actual]);

    private string Predicted(Mistake mistake)
    {
        string name = Printable(_data.ClassNames[mistake.Predicted]);
        return _hasProbabilities ? string.Create(CultureInfo.InvariantCulture, $"{name} {100 * mistake.Output:0}%") : name;
    }

    /// <summary>One sample as PNG: from channels first to channels last, and from the data's numbers to bytes.</summary>
    private byte[] Picture(int sample, Shades shades)
    {
        int channels = _image[0];
        int plane = _image[1] * _image[2];
        ReadOnlySpan<float> values = _data.Features.Slice(sample * _data.FeatureCount, _data.FeatureCount);
        byte[] pixels = new byte[values.Length];
        for (int channel = 0; channel < channels; channel++)
        {
            for (int i = 0; i < plane; i++)
            {
                pixels[i * channels + channel] = shades.Of(values[channel * plane + i]);
            }
        }
        return Png.Encode(pixels, _image[2], _image[1], channels);
    }

    private static void Text(XmlWriter svg, int x, int y, string colour, string text)
    {
        svg.WriteStartElement("text");
        Attribute(svg, "x", x);
        Attribute(svg, "y", y);
        svg.WriteAttributeString("fill", colour);
        svg.WriteString(text);
        svg.WriteEndElement();
    }

    private static void Attribute(XmlWriter svg, string name, int value) =>
        svg.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>The name without what XML cannot hold.</summary>
    private static string Printable(string name)
    {
        StringBuilder text = new(name.Length);
        foreach (Rune rune in name.EnumerateRunes())
        {
            text.Append(Rune.IsControl(rune) || rune.Value is 0xFFFE or 0xFFFF ? Rune.ReplacementChar : rune);
        }
        return text.ToString();
    }

    /// <summary>Shades of grey, or of a primary colour, for the numbers of a data set.</summary>
    private readonly struct Shades
    {
        private readonly float _least;
        private readonly float _perUnit;

        public Shades(ReadOnlySpan<float> values)
        {
            _least = float.PositiveInfinity;
            float greatest = float.NegativeInfinity;
            foreach (float value in values)
            {
                _least = Math.Min(_least, value);
                greatest = Math.Max(greatest, value);
            }
            _perUnit = greatest > _least ? byte.MaxValue / (greatest - _least) : 0;
        }

        public byte Of(float value) => (byte)MathF.Round((value - _least) * _perUnit);
    }
}
