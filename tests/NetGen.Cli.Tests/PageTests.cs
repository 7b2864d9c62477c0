using Microsoft.Playwright;

namespace NetGen.Cli.Tests;

/// <summary>The explorer page, as people use it.</summary>
public sealed class PageTests(Assemblies assemblies, Browser browser)
{
    private const string Title = "#layer-title";

    [Fact]
    public async Task A_click_on_a_layer_shows_its_formulas_and_code()
    {
        await using Opened opened = await browser.OpenAsync(Page("clicked", "DigitNet"));
        await opened.Page.Locator(".node").Filter(new() { HasText = "dense2" }).ClickAsync();

        Assert.Equal("dense2", await opened.TextAsync(Title));
        Assert.Contains("Dense2", await opened.TextAsync("#layer pre"), StringComparison.Ordinal);
        Assert.True(await opened.Page.Locator("#layer pre .keyword").CountAsync() > 0);
        Assert.Equal(2, await opened.Page.Locator("#layer .pass").CountAsync());
        Assert.True(await opened.Page.Locator("#layer .pass:nth-child(2) math mfrac").CountAsync() >= 3);
        Assert.Equal("dense2", await opened.Page.Locator(".node.selected text").First.TextContentAsync());
        AssertQuiet(opened);
    }

    [Fact]
    public async Task Everything_is_within_reach_of_the_keyboard()
    {
        await using Opened opened = await browser.OpenAsync(Page("keyboard", "DigitNet"));
        await opened.Page.Locator(".node[tabindex='0']").FocusAsync();
        Assert.Equal("dense1", await opened.TextAsync(Title));
        await opened.Page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal("relu1", await opened.TextAsync(Title));
        await opened.Page.Keyboard.PressAsync("End");
        Assert.Equal("loss", await opened.TextAsync(Title));

        // Radio buttons, bars and stretches of memory are each one stop of the tab key.
        await opened.Page.Locator("#metrics [tabindex='0']").FocusAsync();
        await opened.Page.Keyboard.PressAsync("ArrowRight");
        Assert.StartsWith("Floating-point operations", await opened.TextAsync("#costs-remark"), StringComparison.Ordinal);
        await opened.Page.Keyboard.PressAsync("Tab");
        await opened.Page.Keyboard.PressAsync("ArrowDown");
        await opened.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("relu1", await opened.TextAsync(Title));

        await opened.Page.Locator("#programs [tabindex='0']").FocusAsync();
        await opened.Page.Keyboard.PressAsync("ArrowRight");
        await opened.Page.Keyboard.PressAsync("Tab");
        Assert.Contains("a sample at ", await opened.TextAsync("#memory-remark"), StringComparison.Ordinal);
        await opened.Page.Keyboard.PressAsync("ArrowRight");
        await opened.Page.Keyboard.PressAsync("Enter");
        Assert.True(await opened.Page.Locator(".slot.selected").CountAsync() > 0);
        AssertQuiet(opened);
    }

    [Theory]
    [InlineData("ResNet", 360, false)]
    [InlineData("ResNet", 1920, true)]
    [InlineData("DeepNet", 360, true)]
    [InlineData("DeepNet", 1280, false)]
    public async Task A_page_fits_its_window_and_is_not_blank(string network, int width, bool dark)
    {
        await using Opened opened = await browser.OpenAsync(Page($"fits-{width}", network), width, dark);

        Assert.Equal(width, await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        string picture = Convert.ToBase64String(await opened.Page.ScreenshotAsync());
        int colours = await opened.Page.EvaluateAsync<int>(
            """
            async picture => {
              const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
              const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
              context.drawImage(image, 0, 0);
              return new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)).size;
            }
            """,
            picture);
        Assert.True(colours > 50, $"expected a picture of many colours, got {colours}");
        double lightness = await opened.Page.EvaluateAsync<double>("Math.max(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number))");
        Assert.True(dark ? lightness < 64 : lightness > 192);
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task Two_hundred_layers_are_drawn_listed_and_found_by_their_address()
    {
        await using Opened opened = await browser.OpenAsync(Page("deep", "DeepNet"));

        Assert.True(await opened.Page.Locator(".node").CountAsync() >= 200);
        await opened.Page.Locator(".node").Last.ClickAsync();
        Assert.Equal("loss", await opened.TextAsync(Title));
        await opened.Page.ReloadAsync();
        Assert.Equal("loss", await opened.TextAsync(Title));
        AssertQuiet(opened);
    }

    [Fact]
    public async Task A_layer_called_like_the_loss_has_an_address_of_its_own()
    {
        const string source = "using NetGen; [Network, Input(4), Dense(8, Name = \"loss\"), ReLU, Dense(3), SoftmaxCrossEntropy] public partial class Net;";
        await using Opened opened = await browser.OpenAsync(PageOf("address", source));
        foreach ((ILocator node, string description) in new[] { (opened.Page.Locator(".node").Last, "SoftmaxCrossEntropy"), (opened.Page.Locator(".node").Nth(1), "Dense(8)") })
        {
            await node.ClickAsync();
            await opened.Page.ReloadAsync();
            Assert.Equal("loss", await opened.TextAsync(Title));
            Assert.Contains(description, await opened.TextAsync("#layer .heading code"), StringComparison.Ordinal);
        }
        AssertQuiet(opened);
    }

    [Fact]
    public async Task A_network_that_streams_shows_the_code_of_a_step()
    {
        await using Opened opened = await browser.OpenAsync(PageOf("stream", "using NetGen; [Network, Input(9, 3), GRU(4), Dense(2), MeanSquaredError] public partial class Net;"));
        ILocator step = opened.Page.Locator("#layer [role='radio']").Filter(new() { HasText = "Step" });
        Assert.DoesNotContain("Gru1Step", await opened.TextAsync("#layer .pass"), StringComparison.Ordinal);
        await step.ClickAsync();
        Assert.Contains("Gru1Step", await opened.TextAsync("#layer .pass"), StringComparison.Ordinal);
        await opened.Page.Locator("#programs [role='radio']").Filter(new() { HasText = "Step" }).ClickAsync();
        Assert.True(await opened.Page.Locator("#lanes .slot, #lanes .empty").CountAsync() > 0);
        AssertQuiet(opened);
    }

    [Fact]
    public async Task Parameters_have_histograms_where_weights_are_given()
    {
        string weights = assemblies.File("digits.safetensors");
        float[] numbers = [.. Enumerable.Range(0, 2048).Select(index => MathF.Sin(index))];
        new SafetensorsFile([new("dense1.weight", new Shape(32, 64), numbers), new("dense1.bias", new Shape(32), new float[32])]).Write(weights);
        await using Opened opened = await browser.OpenAsync(Page("weights", "DigitNet", "--weights", weights));

        Assert.Equal(2, await opened.Page.Locator("#layer .histogram").CountAsync());
        Assert.Equal(32, await opened.Page.Locator("#layer .histogram").First.Locator("rect").CountAsync());
        AssertQuiet(opened);
    }

    private static void AssertQuiet(Opened opened)
    {
        Assert.Empty(opened.Complaints);
        Assert.All(opened.Requests, request => Assert.Matches("^(file|data):", request));
    }

    private string PageOf(string name, string source)
    {
        string file = assemblies.File($"{name}.html");
        Ran.Well(["inspect", assemblies.Compile($"{name}.dll", source), "--out", file]);
        return file;
    }

    private string Page(string name, string network, params string[] more)
    {
        string file = assemblies.File($"{name}-{network}.html");
        Ran.Well(["inspect", network == "DeepNet" ? assemblies.TwoHundred : assemblies.Both, "--network", network, "--out", file, .. more]);
        return file;
    }
}
