using System.Diagnostics;
using System.Xml.Linq;

namespace NetGen.Training.Tests;

public sealed class TrainingReportTests : IDisposable
{
    private const string Chromium = "/usr/bin/chromium";

    private readonly string _folder = Directory.CreateTempSubdirectory("netgen-report-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_report_of_classes_has_all_its_parts()
    {
        TrainingReport report = OfClasses();
        string page = report.ToString();

        Assert.Equal(["accuracy", "calibration", "learning-rate", "loss", "precision-recall", "roc"], report.Plots.Keys.Order());
        Assert.All(["Training", "Test part", "Confusion", "Worst mistakes", "Layers", "Settings"], heading => Assert.Contains($"<h2>{heading}</h2>", page));
        Assert.Contains(report.Classes!.Accuracy.ToString("0.0000"), page);
        Assert.Contains("dense1.weight", page);
        Assert.Contains("<td class=\"text\">AdamW(LearningRate ", page);
        Assert.Contains("bed &amp; &lt;breakfast&gt;", page);
        Assert.DoesNotContain("<breakfast>", page);
        Assert.DoesNotContain("http://", page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal));
        Assert.DoesNotContain("https://", page);
    }

    [Fact]
    public void The_only_curve_of_two_classes_has_its_class_and_area_in_the_title_and_room_at_the_border()
    {
        Dataset data = Samples.OfClasses(20, 20);
        TwoPointNet network = new(seed: 1);
        TrainingHistory history = new Trainer<TwoPointNet>(network, new Adam()) { Epochs = 2 }.Fit(data);
        TrainingReport report = new(network, history, data);
        RocAuc roc = new(2);
        float[] outputs = new float[data.Count * 2];
        network.Predict(data.Features, outputs);
        roc.Add(data.Classes, outputs);

        Assert.Contains(FormattableString.Invariant($"ROC, {data.ClassNames[1]} {roc.Value:0.000}"), report.ToString());
        Assert.Contains("Precision and recall, class1 ", report.ToString());
        Assert.Contains("viewBox=\"-0.02 -1.02 1.04 1.04\"", report.Plots["roc"].ToString());
        Assert.DoesNotContain("0:00", report.ToString());
    }

    [Fact]
    public void A_report_of_targets_has_all_its_parts()
    {
        Dataset data = Samples.OfLine(40);
        LineNet network = new(seed: 1);
        TrainingHistory history = new Trainer<LineNet>(network, new Adam()) { Epochs = 3 }.Fit(data);
        TrainingReport report = new(network, history, data);

        Assert.Equal(["learning-rate", "loss", "predictions"], report.Plots.Keys.Order());
        Assert.All(["Training", "Test part", "Worst mistakes", "Layers", "Settings"], heading => Assert.Contains($"<h2>{heading}</h2>", report.ToString()));
    }

    [Fact]
    public void A_prediction_that_is_no_number_is_the_worst_mistake()
    {
        LinearNetwork network = new(2, 1, LossKind.MeanSquaredError);
        (network.Parameters[0], network.Parameters[1]) = (2, 2);
        TrainingHistory history = new Trainer<LinearNetwork>(network, new Descent()) { Epochs = 1 }.Fit(Dataset.FromArrays([0, 1], 2, [2f], 1));
        network.Reserve(3);
        // The products of the second sample are infinite, and of both signs.
        TrainingReport report = new(network, history, Dataset.FromArrays([0, 0, 3e38f, -3e38f, 1, 0], 2, [5, 0, 1], 1));

        Assert.Matches(@"<th>error</th></tr>\n<tr><td>1</td><td>target0</td><td>0</td><td>NaN</td>", report.ToString());
    }

    [Fact]
    public void A_report_leaves_the_network_as_it_was()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        PointNet network = new(seed: 1);
        TrainingHistory history = new Trainer<PointNet>(network, new Adam()) { Epochs = 2 }.Fit(data);
        (float[] parameters, float[] state, long steps) = (network.Parameters.ToArray(), network.State.ToArray(), network.StepCount);
        LayerHealth health = new TrainingReport(network, history, data).Health;

        Assert.Equal(parameters, network.Parameters.ToArray());
        Assert.Equal(state, network.State.ToArray());
        Assert.Equal(steps, network.StepCount);
        Assert.Equal(PointNet.Info.Parameters.Select(parameter => parameter.Name), health.Parameters.Select(parameter => parameter.Name));
        Assert.NotEmpty(health.Activations);
    }

    [Fact]
    public void Plots_are_svg_of_their_own()
    {
        Plot plot = new Plot("A & B", "x", "y").Line("first", [(0, 1), (1, double.NaN), (2, 3), (3, 2)]).Dots("second", [(0, 0)]);
        plot.Save(Path.Combine(_folder, "plot.svg"));
        XElement svg = XElement.Load(Path.Combine(_folder, "plot.svg"));
        XElement data = svg.Elements().Single(element => element.Attribute("class")?.Value == "data");

        Assert.Contains(svg.Elements(), element => element.Value == "A & B");
        Assert.Equal(["M0 -1M2 -3L3 -2", "M0 0h0"], data.Elements().Select(element => element.Attribute("d")!.Value));
        Assert.Equal(Ticks.Of(0, 10, 5), [0, 2, 4, 6, 8, 10]);
        Assert.Equal(["-0.5", "0", "0.5"], Ticks.Of(-0.6, 0.6, 3).Select(Ticks.Print));
    }

    [Fact]
    public void A_plot_saved_as_png_has_its_curve_and_dots_where_the_numbers_are()
    {
        string path = Path.Combine(_folder, "plot.PNG");
        Plot plot = new Plot("Title", "x", "y") { Range = (0, 1) }.Line("rises", [(0, 0), (1, 1)]).Dots("corner", [(0, 1)]);
        plot.Save(path);
        (int width, int height, byte[] pixels) = Read(File.ReadAllBytes(path));

        Assert.Equal((800, 560), (width, height));
        // Blue half-way up the diagonal, orange over white at the dot, white beside both; ink in the title.
        Assert.Equal((0x25, 0x63, 0xc9), At(52 + 167, 50 + 95));
        (int r, int g, int b) = At(52 + 0.02 / 1.04 * 334, 50 + 0.02 / 1.04 * 190);
        Assert.True(r > 200 && g is > 100 and < 190 && b is > 60 and < 160, $"{r} {g} {b}");
        Assert.Equal((255, 255, 255), At(52 + 250, 50 + 100));
        Assert.Contains(Enumerable.Range(104, 100), x => pixels[3 * (30 * 800 + x)] < 80);

        (int, int, int) At(double x, double y)
        {
            int place = 3 * ((int)(2 * y) * width + (int)(2 * x));
            return (pixels[place], pixels[place + 1], pixels[place + 2]);
        }
    }

    [Fact]
    public void Every_letter_has_strokes_and_an_unknown_one_a_frame()
    {
        for (char letter = '!'; letter <= '~'; letter++)
        {
            (double X0, double Y0, double X1, double Y1)[] strokes = [.. StrokeFont.Strokes(letter.ToString(), 10)];
            Assert.NotEmpty(strokes);
            Assert.All(strokes.SelectMany(stroke => (double[])[stroke.X0, stroke.X1]), x => Assert.InRange(x, 0, 3.8401));
            Assert.All(strokes.SelectMany(stroke => (double[])[stroke.Y0, stroke.Y1]), y => Assert.InRange(y, -7.2001, 2.4001));
        }
        Assert.Empty(StrokeFont.Strokes(" ", 10));
        Assert.Equal(4, StrokeFont.Strokes("é", 10).Count());
    }

    /// <summary>The pixels of a PNG as this library writes it: 8 bits, colour, no filter.</summary>
    private static (int Width, int Height, byte[] Pixels) Read(byte[] png)
    {
        int width = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), height = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20));
        int start = png.AsSpan().IndexOf("IDAT"u8) + 4;
        using System.IO.Compression.ZLibStream stream = new(new MemoryStream(png, start, png.Length - start), System.IO.Compression.CompressionMode.Decompress);
        byte[] rows = new byte[height * (1 + 3 * width)];
        stream.ReadExactly(rows);
        return (width, height, [.. rows.Chunk(1 + 3 * width).SelectMany(row => row[1..])]);
    }

    [Fact]
    public async Task A_browser_shows_the_page_without_an_error_and_zooms()
    {
        Assert.SkipUnless(File.Exists(Chromium), "apt-get install chromium");
        // Drags over the first plot and leaves its view in the title.
        const string drag = """
            <script>
            Element.prototype.setPointerCapture = () => {};   // of pointers that exist
            const cover = document.querySelector('.plots .plot rect.data'), area = cover.getBoundingClientRect();
            const view = () => cover.parentNode.querySelector('svg.data').getAttribute('viewBox').split(' ')[2];
            const point = (type, x, y) => cover.dispatchEvent(new PointerEvent(type, { clientX: area.left + x * area.width, clientY: area.top + y * area.height }));
            const before = view();
            point('pointerdown', 0.25, 0.25); point('pointermove', 0.5, 0.5); point('pointerup', 0.75, 0.75);
            document.title = `zoom ${Math.round(100 * view() / before)}`;
            </script>
            """;
        string page = OfClasses().ToString();
        (string dom, string console) = await Show(page.Replace("</body>", drag + "</body>", StringComparison.Ordinal));
        Assert.Contains("<title>zoom 50</title>", dom);
        Assert.DoesNotContain("CONSOLE", console);

        // The check sees errors.
        (_, console) = await Show(page.Replace("</body>", "<script>nothing();</script></body>", StringComparison.Ordinal));
        Assert.Contains("CONSOLE", console);
    }

    private static TrainingReport OfClasses()
    {
        Dataset samples = Samples.OfClasses(9, 10, 11);
        Dataset data = Dataset.FromArrays(samples.Features.ToArray(), 2, samples.Classes.ToArray(), ["one", "two", "bed & <breakfast>"]);
        PointNet network = new(seed: 1);
        TrainingHistory history = new Trainer<PointNet>(network, new AdamW()) { Epochs = 5, BatchSize = 5 }.Fit(data, data);
        return new TrainingReport(network, history, data);
    }

    private async Task<(string Dom, string Console)> Show(string page)
    {
        string path = Path.Combine(_folder, "page.html");
        await File.WriteAllTextAsync(path, page);
        using Process process = Process.Start(new ProcessStartInfo(
            Chromium, ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", $"--user-data-dir={Path.Combine(_folder, "profile")}", "--dump-dom", $"file://{path}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> console = process.StandardError.ReadToEndAsync();
        string dom = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (dom, await console);
    }
}

[Network, Input(2), Dense(4), Tanh, Dense(2), SoftmaxCrossEntropy]
internal sealed partial class TwoPointNet;

[Network, Input(1), Standardize, Dense(4), Tanh, Dense(1), MeanSquaredError]
internal sealed partial class LineNet;
