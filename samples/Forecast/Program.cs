using System.Diagnostics;
using NetGen;
using NetGen.Training;

// The last years, which are never learned from, and the length of the sun's cycle.
const int Held = 59, Cycle = 11;

Stopwatch clock = Stopwatch.StartNew();
Options options;
Series series;
try
{
    options = Options.Parse(args);
    Directory.CreateDirectory(options.Out);
    series = Series.Read(options.Data);
    if (series.Values.Length < Held + SunspotNet.Window + Cycle)
    {
        throw new FormatException($"{options.Data}: expected at least {Held + SunspotNet.Window + Cycle} years, got {series.Values.Length}");
    }
}
catch (Exception e) when (e is FormatException or ArgumentException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

try
{
    return Run();
}
catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

int Run()
{
    Console.WriteLine(SunspotNet.Summary());
    int known = series.Values.Length - Held;
    int firstHeld = series.FirstYear + known;
    Console.WriteLine($"learns from {series.FirstYear} to {firstHeld - 1}, is tested on {firstHeld} to {firstHeld + Held - 1}");
    SunspotNet net = new(options.Seed);
    Trainer<SunspotNet> trainer = new(net, new Adam(learningRate: 5e-3f))
    {
        Epochs = options.Epochs,
        BatchSize = 16,
        Seed = options.Seed,
        Schedule = new Warmup(0.1, new CosineDecay()),
    };
    trainer.Fit(series.Windows(known, SunspotNet.Window), progress: ConsoleProgress.Auto);
    net.Save(Path.Combine(options.Out, "sunspots.safetensors"));

    // Through the years as they came: before each, what the network and who only looks back expect of it and of those after it.
    Forecaster forecaster = new(net);
    Errors network = new(Cycle), persistence = new(Cycle), seasonal = new(Cycle);
    var oneYearAhead = new List<float>();
    for (int year = 0; year < series.Values.Length; year++)
    {
        if (year >= known)
        {
            float[] expected = forecaster.Ahead(Cycle);
            oneYearAhead.Add(expected[0] * Series.Unit);
            for (int ahead = 0; ahead < Math.Min(Cycle, series.Values.Length - year); ahead++)
            {
                float truth = series.Values[year + ahead] * Series.Unit;
                network.Add(ahead, expected[ahead] * Series.Unit, truth);
                persistence.Add(ahead, series.Values[year - 1] * Series.Unit, truth);
                seasonal.Add(ahead, series.Values[year + ahead - Cycle] * Series.Unit, truth);
            }
        }
        forecaster.Observe(series.Values[year]);
    }

    Console.WriteLine("root of the mean squared error, in sunspots\nyears ahead  network  as last year  as 11 years before");
    for (int ahead = 0; ahead < Cycle; ahead++)
    {
        Console.WriteLine(FormattableString.Invariant($"{ahead + 1,11}{network[ahead],9:F1}{persistence[ahead],14:F1}{seasonal[ahead],21:F1}"));
    }

    string path = Path.Combine(options.Out, "forecast.svg");
    Chart chart = new("Sunspots a year", 1900, 2030, highest: 250);
    chart.Add("sunspots", "#444", series.FirstYear, series.Values.Select(value => value * Series.Unit));
    chart.Add("forecast a year ahead", "#d33", firstHeld, oneYearAhead);
    chart.Add("forecast of the years after", "#36c", firstHeld + Held, forecaster.Ahead(2 * Cycle).Select(value => value * Series.Unit), dashed: true);
    chart.Save(path);

    double better = Math.Min(persistence[0], seasonal[0]);
    double ratio = network[0] / better;
    Console.WriteLine(FormattableString.Invariant(
        $"error {network[0]:F2}  as last year {persistence[0]:F2}  as 11 years before {seasonal[0]:F2}  ratio {ratio:F3}  ")
        + FormattableString.Invariant($"parameters {SunspotNet.ParameterCount}  chart {path}  seconds {clock.Elapsed.TotalSeconds:F1}"));
    if (ratio > options.Threshold)
    {
        Console.Error.WriteLine(FormattableString.Invariant($"expected an error of at most {options.Threshold} times that of the better simple forecast"));
        return 1;
    }
    return 0;
}
