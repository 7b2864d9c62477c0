using System.Collections.Concurrent;
using System.Xml.Linq;

namespace NetGen.Training.Tests;

public sealed class SearchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netgen-search-").FullName;

    private sealed record Point(double X = 0, int Y = 0, string Kind = "a");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static SearchSpace<Point> Space => new SearchSpace<Point>(new Point())
        .Range("x", -1, 1, (point, x) => point with { X = x })
        .Choice("y", [1, 10, 100], (point, y) => point with { Y = y })
        .Choice("kind", ["a", "b"], (point, kind) => point with { Kind = kind });

    private static double Bowl(Trial<Point> trial) => trial.Settings.X * trial.Settings.X + Math.Abs(trial.Settings.Y - 10) + (trial.Settings.Kind == "b" ? 0 : 0.5);

    [Fact]
    public void A_grid_tries_all_combinations_and_finds_the_best()
    {
        ConcurrentBag<Point> tried = [];
        SearchResults<Point> results = new Search<Point>(Space, trial =>
        {
            tried.Add(trial.Settings);
            return Bowl(trial);
        }).Grid(points: 5);

        Assert.Equal(5 * 3 * 2, tried.Distinct().Count());
        Assert.Equal(new Point(0, 10, "b"), results.Best.Trial.Settings);
        Assert.Equal([-1, -0.5, 0, 0.5, 1], tried.Select(point => point.X).Distinct().Order());
    }

    [Fact]
    public void Random_settings_and_seeds_are_a_function_of_the_seed_on_any_number_of_threads()
    {
        static (Point, long, double)[] Run(long seed, int parallel) =>
            [.. new Search<Point>(Space, Bowl) { Seed = seed, Parallel = parallel }.Random(40).Trials.Select(result => (result.Trial.Settings, result.Trial.Seed, result.Score))];

        Assert.Equal(Run(1, 1), Run(1, 4));
        Assert.NotEqual(Run(1, 1), Run(2, 1));
        Assert.Equal([.. Enumerable.Range(0, 40).Select(i => 1L + i)], Run(1, 1).Select(trial => trial.Item2).Order());
        Assert.All(Run(1, 1), trial => Assert.InRange(trial.Item1.X, -1, 1));
    }

    [Fact]
    public void Logarithmic_numbers_are_as_likely_in_each_order_of_magnitude()
    {
        SearchSpace<Point> space = new SearchSpace<Point>(new Point()).Logarithmic("x", 1e-4, 1, (point, x) => point with { X = x });
        double[] drawn = [.. new Search<Point>(space, trial => trial.Settings.X).Random(400).Trials.Select(trial => trial.Score)];

        Assert.All(Enumerable.Range(-4, 4), power => Assert.InRange(drawn.Count(x => Math.Floor(Math.Log10(x)) == power), 70, 130));
    }

    [Fact]
    public void Halving_gives_the_best_ever_larger_budgets()
    {
        ConcurrentBag<(int Index, int? Budget)> tried = [];
        SearchResults<Point> results = new Search<Point>(Space, trial =>
        {
            tried.Add((trial.Index, trial.Budget));
            return Bowl(trial);
        })
        { Seed = 3 }.SuccessiveHalving(trials: 9, leastBudget: 2, factor: 3);

        Assert.Equal([(2, 9), (6, 3), (18, 1)], tried.GroupBy(trial => trial.Budget!.Value).OrderBy(group => group.Key).Select(group => (group.Key, group.Count())));
        Assert.Equal(18, results.Best.Trial.Budget);
        Assert.Equal(results.Trials.Min(trial => trial.Score), results.Best.Score);
    }

    [Fact]
    public void A_search_over_network_classes_trains_them_at_once()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        SearchSpace<(Func<long, ITrainable> Create, float Rate)> space = new SearchSpace<(Func<long, ITrainable> Create, float Rate)>((null!, 0.01f))
            .Choice<Func<long, ITrainable>>(
                "network", [seed => new PointNet(seed), seed => new WidePointNet(seed)], (settings, create) => settings with { Create = create }, create => create(0).Info.Name)
            .Logarithmic("rate", 1e-3, 1e30, (settings, rate) => settings with { Rate = (float)rate });
        SearchResults<(Func<long, ITrainable> Create, float Rate)> results = new Search<(Func<long, ITrainable> Create, float Rate)>(space, trial =>
            new Trainer<ITrainable>(trial.Settings.Create(trial.Seed), new SGD(trial.Settings.Rate)) { Epochs = 3, Seed = trial.Seed }.Fit(data, data)[^1].ValidationLoss!.Value)
        { Parallel = 3 }
            .Random(12);

        Assert.True(double.IsFinite(results.Best.Score));
        // A rate of 1e20 is no good, and that is a result.
        Assert.Contains(results.Trials, trial => trial.Failure is { } failure && failure.StartsWith("The loss became ", StringComparison.Ordinal));
        Assert.Contains("failed", results.Table(12));
        Assert.Contains("WidePointNet", results.ToString());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_score_that_is_no_number_to_compare_is_a_failure_and_goes_through_the_file(double score)
    {
        string file = Path.Combine(_folder, "search.jsonl");
        for (int run = 0; run < 2; run++)
        {
            SearchResults<Point> results = new Search<Point>(Space, trial => trial.Index == 1 ? score : trial.Index) { ResultsFile = file }.Random(3);

            Assert.Equal([0, 2, 1], results.Trials.Select(trial => trial.Trial.Index));
            Assert.Equal((double.PositiveInfinity, FormattableString.Invariant($"the score is {score}")), (results.Trials[2].Score, results.Trials[2].Failure));
            Assert.Contains("failed", results.ToString());
        }
    }

    [Fact]
    public void A_search_that_was_killed_goes_on_with_what_is_missing()
    {
        string file = Path.Combine(_folder, "search.jsonl");
        SearchResults<Point> whole = new Search<Point>(Space, Bowl) { ResultsFile = file, Parallel = 1 }.Random(10);
        string[] lines = File.ReadAllLines(file);
        Assert.Equal(10, lines.Length);
        File.WriteAllText(file, string.Join('\n', lines[..6]) + "\n" + lines[6][..20]);

        int runs = 0;
        SearchResults<Point> rest = new Search<Point>(Space, trial =>
        {
            Interlocked.Increment(ref runs);
            return Bowl(trial);
        })
        { ResultsFile = file }.Random(10);

        Assert.Equal(4, runs);
        Assert.Equal(whole.Trials.Select(trial => (trial.Trial.Settings, trial.Score)), rest.Trials.Select(trial => (trial.Trial.Settings, trial.Score)));
        Assert.Equal(10, File.ReadAllLines(file).Length);
    }

    [Theory]
    [InlineData("a note of one line")]
    [InlineData("{\"trial\":0,\"seed\":0,\"values\":{\"x\":\"0\",\"y\":\"1\",\"kind\":\"a\"},\"score\":1,\"seconds\":1}\n# a remark")]
    public void What_is_no_line_that_was_cut_short_is_refused_and_kept(string text)
    {
        string file = Path.Combine(_folder, "search.jsonl");
        File.WriteAllText(file, text);

        Assert.Contains(": expected the results of a search, found something else", Assert.Throws<InvalidDataException>(
            () => new Search<Point>(Space, Bowl) { ResultsFile = file }.Random(3)).Message);
        Assert.Equal(text, File.ReadAllText(file));
    }

    [Fact]
    public void The_file_of_another_search_is_refused()
    {
        string file = Path.Combine(_folder, "search.jsonl");
        new Search<Point>(Space, Bowl) { ResultsFile = file, Parallel = 1 }.Random(3);
        AggregateException exception = Assert.Throws<AggregateException>(() => new Search<Point>(Space, Bowl) { ResultsFile = file, Seed = 7, Parallel = 1 }.Random(3));

        Assert.Contains("with seed 7 and ", Assert.IsType<InvalidDataException>(exception.InnerExceptions[0]).Message);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("null")]
    [InlineData("""{"trial":0,"seed":0,"score":1,"seconds":0}""")]
    [InlineData("""{"trial":0,"seed":0,"values":null,"score":1,"seconds":0}""")]
    public void A_line_that_is_no_result_is_refused(string line)
    {
        string file = Path.Combine(_folder, "search.jsonl");
        File.WriteAllText(file, $"{line}\n");
        Assert.Contains($"{file}, line 1: expected the result of a trial", Assert.Throws<InvalidDataException>(
            () => new Search<Point>(Space, Bowl) { ResultsFile = file }.Random(3)).Message);
    }

    [Fact]
    public void Results_are_a_table_a_csv_file_and_a_picture()
    {
        SearchResults<Point> results = new Search<Point>(Space, Bowl).Random(12);
        results.SaveCsv(Path.Combine(_folder, "results.csv"));
        results.SaveSvg(Path.Combine(_folder, "results.svg"));

        Assert.Equal(1 + 10 + 1, results.ToString().TrimEnd().Split('\n').Length);
        string[] lines = File.ReadAllLines(Path.Combine(_folder, "results.csv"));
        Assert.Equal("trial,x,y,kind,score,seed,seconds,failure", lines[0]);
        Assert.Equal(13, lines.Length);
        XElement svg = XElement.Load(Path.Combine(_folder, "results.svg"));
        Assert.Equal(12, svg.Elements().Count(element => element.Attribute("class")?.Value is "s0 line" or "s1 line"));
        Assert.Equal(4, svg.Elements().Count(element => element.Attribute("class")?.Value == "axis"));
    }

    [Fact]
    public void Spaces_that_make_no_sense_are_refused()
    {
        SearchSpace<Point> space = Space;
        Assert.Throws<ArgumentException>(() => space.Range("z", 1, 1, (point, _) => point));
        Assert.Throws<ArgumentException>(() => space.Logarithmic("z", 0, 1, (point, _) => point));
        Assert.Throws<ArgumentException>(() => space.Choice<int>("z", [], (point, _) => point));
        Assert.Throws<ArgumentException>(() => space.Range("x", 0, 1, (point, _) => point));
    }
}
