using EmbeddedDigits;

namespace NetGen.Samples.Tests;

/// <summary>The text that samples/EmbeddedDigits reads.</summary>
public sealed class ImageLinesTests
{
    private static readonly string Numbers = string.Join(',', Enumerable.Range(0, 64).Select(i => i / 4));

    [Fact]
    public void A_line_of_numbers_is_an_image()
    {
        Assert.Equal([.. Enumerable.Range(0, 64).Select(i => (float)(i / 4))], Read(Numbers).Single());
    }

    [Fact]
    public void Eight_lines_of_characters_are_an_image()
    {
        float[] image = Read(" .:-=+*#\n@\n\n........\n%\n\n\n\n").Single();

        Assert.Equal([0, 0, 2, 4, 6, 8, 10, 12], image[..8]);
        Assert.Equal(16, image[8]);
        Assert.Equal(14, image[32]);
        Assert.Equal(0, image[9..32].Sum() + image[33..].Sum());
    }

    [Fact]
    public void Images_follow_one_another_with_or_without_empty_lines_between()
    {
        Assert.Equal(3, Read($"{Numbers}\n\n@\n@\n@\n@\n@\n@\n@\n@\n\n\n{Numbers}\n").Count);
    }

    [Theory]
    [InlineData("", "got no lines")]
    [InlineData("1,2,3", "Line 1: expected 64 numbers, got 3.")]
    [InlineData("@\n@\n@\n@\n@\n@\n@\n@\n1,,3", "Line 9: expected numbers from 0 to 16, got '' at place 2.")]
    [InlineData("1,NaN", "got 'NaN' at place 2")]
    [InlineData("1,-0.5", "got '-0.5' at place 2")]
    [InlineData("1,16.5", "got '16.5' at place 2")]
    [InlineData("1,2;3", "got '2;3' at place 2")]
    [InlineData("@@@@@@@@@", "Line 1: expected 8 characters, or 64 numbers with commas between them, got 9 characters.")]
    [InlineData("@\nx", "Line 2: expected a space, a dot or one of :-=+*#%@, got 'x'.")]
    [InlineData("@\n@", "Expected 8 lines of 8 characters, got 2 before the end.")]
    public void A_line_that_is_no_part_of_an_image_is_named(string text, string reason)
    {
        FormatException mistake = Assert.Throws<FormatException>(() => Read(text));

        Assert.Contains(reason, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_numbers_are_counted()
    {
        FormatException mistake = Assert.Throws<FormatException>(() => Read($"{Numbers},1,2"));

        Assert.Contains("expected 64 numbers, got 66", mistake.Message, StringComparison.Ordinal);
    }

    private static List<float[]> Read(string text)
    {
        ImageLines lines = new(new StringReader(text));
        List<float[]> images = [];
        float[] pixels = new float[64];
        while (lines.Read(pixels)) images.Add([.. pixels]);
        return images;
    }
}
