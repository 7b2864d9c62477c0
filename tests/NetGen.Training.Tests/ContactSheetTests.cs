using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace NetGen.Training.Tests;

public sealed class ContactSheetTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Each_mistake_is_shown_with_both_names_the_most_certain_first()
    {
        // The network tells classes by the sum of pixels: class 1 above 0. The second and the fourth sample are labelled otherwise.
        Dataset data = Dataset.FromArrays([-1, -1, 1, 1, 2, 3, -3, -4], 2, [0, 0, 1, 1], ["cat & <dog>", "fish\u0001"]);
        LinearNetwork network = SumNetwork(new Shape(1, 1, 2));
        ContactSheet sheet = ContactSheet.OfMistakes(network, data);
        XElement svg = Written(sheet);

        Assert.Equal(2, sheet.Count);
        Assert.Equal(
            ["fish\uFFFD", "cat & <dog> 100%", "cat & <dog>", "fish\uFFFD 88%"],
            svg.Elements(Svg + "text").Skip(1).Select(text => text.Value));
        Assert.StartsWith("Linear took 2 of 4 for another class; the most certain mistakes first.", svg.Element(Svg + "text")!.Value);

        // From the least number, -4, black, to the greatest, 3, white.
        XElement[] images = [.. svg.Elements(Svg + "image")];
        Assert.Equal([36, 0], Pixels(images[0], width: 2, height: 1, channels: 1));
        Assert.Equal([182, 182], Pixels(images[1], width: 2, height: 1, channels: 1));
    }

    [Fact]
    public void Colours_lie_together_in_a_picture_and_apart_in_a_sample()
    {
        Dataset data = Dataset.FromArrays([0, 1, 2, 3, 4, 5], 6, [0], ["a", "b"]);
        XElement svg = Written(ContactSheet.OfMistakes(SumNetwork(new Shape(3, 2, 1)), data));

        Assert.Equal([0, 102, 204, 51, 153, 255], Pixels(svg.Element(Svg + "image")!, width: 1, height: 2, channels: 3));
    }

    [Fact]
    public void No_more_are_shown_than_asked_for_and_none_is_a_sheet_too()
    {
        Dataset wrong = Dataset.FromArrays([1, 1, 2, 2, 3, 3], 2, [0, 0, 0], ["a", "b"]);
        ContactSheet sheet = ContactSheet.OfMistakes(SumNetwork(new Shape(1, 1, 2)), wrong, most: 2);
        Assert.Equal(2, sheet.Count);
        Assert.Contains("took 3 of 3 for another class; the 2 most certain mistakes", Written(sheet).Value);

        Dataset right = Dataset.FromArrays([1, 1], 2, [1], ["a", "b"]);
        Assert.Empty(Written(ContactSheet.OfMistakes(SumNetwork(new Shape(1, 1, 2)), right)).Elements(Svg + "image"));
    }

    [Fact]
    public void Images_stay_within_the_page()
    {
        Dataset data = Dataset.FromArrays(new float[100 * 28 * 28], 28 * 28, new int[100], ["a class with quite a long name", "b"]);
        LinearNetwork network = SumNetwork(new Shape(1, 28, 28));
        network.Parameters[2 * 28 * 28 + 1] = 1;   // the bias of class 1
        XElement svg = Written(ContactSheet.OfMistakes(network, data));

        Assert.Equal(100, svg.Elements(Svg + "image").Count());
        Assert.All(svg.Elements(Svg + "image"), image =>
        {
            Assert.InRange(Number(image, "x") + Number(image, "width"), 0, Number(svg, "width"));
            Assert.InRange(Number(image, "y") + Number(image, "height"), 0, Number(svg, "height"));
        });
        Assert.Equal(100, svg.Elements(Svg + "image").Select(image => (Number(image, "x"), Number(image, "y"))).Distinct().Count());
    }

    [Fact]
    public void A_network_that_takes_no_image_is_refused()
    {
        Dataset data = Samples.OfClasses(2, 2);

        Assert.Contains("Linear takes 2; expected one image", Refused(new LinearNetwork(2, 2)));
        Assert.Contains("Linear takes 2x1x1; expected one image", Refused(SumNetwork(new Shape(2, 1, 1))));
        Assert.Throws<ArgumentOutOfRangeException>("most", () => ContactSheet.OfMistakes(SumNetwork(new Shape(1, 1, 2)), data, most: 0));

        string Refused(LinearNetwork network) => Assert.Throws<ArgumentException>(() => ContactSheet.OfMistakes(network, data)).Message;
    }

    /// <summary>Logits 0 and the sum of the pixels.</summary>
    private static LinearNetwork SumNetwork(Shape image)
    {
        LinearNetwork network = new(image.Count, 2, inputShape: image);
        for (int i = 0; i < image.Count; i++)
        {
            network.Parameters[2 * i + 1] = 1;
        }
        return network;
    }

    private static XElement Written(ContactSheet sheet)
    {
        StringWriter writer = new();
        sheet.Write(writer);
        return XElement.Parse(writer.ToString());
    }

    private static int Number(XElement element, string attribute) => int.Parse(element.Attribute(attribute)!.Value);

    /// <summary>Decodes a picture that has no filters, checking its parts.</summary>
    private static byte[] Pixels(XElement image, int width, int height, int channels)
    {
        const string scheme = "data:image/png;base64,";
        string href = image.Attribute("href")!.Value;
        Assert.StartsWith(scheme, href);
        byte[] png = Convert.FromBase64String(href[scheme.Length..]);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);

        Dictionary<string, byte[]> chunks = [];
        int position = 8;
        while (position < png.Length)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(position));
            chunks.Add(Encoding.ASCII.GetString(png, position + 4, 4), png[(position + 8)..(position + 8 + length)]);
            position += 12 + length;
        }
        Assert.Equal(["IHDR", "IDAT", "IEND"], chunks.Keys);
        Assert.Equal([0, 0, 0, (byte)width, 0, 0, 0, (byte)height, 8, (byte)(channels == 1 ? 0 : 2), 0, 0, 0], chunks["IHDR"]);

        // The check sum of an empty IEND, which every PNG file ends with.
        Assert.Equal([0xAE, 0x42, 0x60, 0x82], png[^4..]);

        using ZLibStream stream = new(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress);
        using MemoryStream rows = new();
        stream.CopyTo(rows);
        byte[][] lines = [.. rows.ToArray().Chunk(1 + width * channels)];
        Assert.Equal(height, lines.Length);
        Assert.All(lines, line => Assert.Equal(0, line[0]));
        return [.. lines.SelectMany(line => line[1..])];
    }
}
