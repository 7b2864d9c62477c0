using System.Diagnostics;
using System.Globalization;
using NetGen;
using NetGen.Training;

Stopwatch clock = Stopwatch.StartNew();
Options options;
Table[] tables;
Dictionary<(string Data, string Columns), double> peer;
try
{
    options = Options.Parse(args);
    tables = Table.ReadAll(options.Data);
    Directory.CreateDirectory(options.Out);
    peer = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "peer", "sklearn.csv")).Skip(1).Select(line => line.Split(','))
        .ToDictionary(cells => (cells[0], cells[1]), cells => double.Parse(cells[2], CultureInfo.InvariantCulture));
}
catch (Exception e) when (e is FormatException or ArgumentException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

List<string> lines = [$"{"cross-validated",-15}  {"NetGen",7}  {"sklearn, raw columns",20}  {"sklearn, standardised",21}"];
bool behind = false;
foreach (Table table in tables)
{
    double score = CrossValidate(table);
    (double raw, double standardised) = (peer[(table.Name, "raw")], peer[(table.Name, "standardised")]);
    lines.Add(string.Create(CultureInfo.InvariantCulture, $"{table.Name,-15}  {score,7:0.0000}  {raw,20:0.0000}  {standardised,21:0.0000}"));
    behind |= score < raw;
    Keep(table);
}
Console.WriteLine(string.Join('\n', lines));
string verdict = behind ? "behind" : "at least as good as";
Console.WriteLine($"{verdict} scikit-learn's MLPClassifier and MLPRegressor with default settings, on the same folds  seconds {clock.Elapsed.TotalSeconds:0.0}");
return behind ? 1 : 0;

// Settings are searched for each fold anew, in its training part alone, so that the test part decides nothing.
double CrossValidate(Table table)
{
    double sum = 0;
    int fold = 0;
    foreach ((Dataset train, Dataset test) in table.FoldsAsPeer())
    {
        SearchResults<Settings> results = Search(table, train, $"{table.Name}-fold{++fold}");
        double score = Enumerable.Range(0, options.Seeds).AsParallel().AsOrdered().Select(seed =>
        {
            Trainer<ITrainable> trainer = results.Best.Trial.Settings.NewTrainer(table, seed);
            trainer.Fit(train);
            return Table.Score(trainer.Network, test);
        }).ToArray().Average();
        sum += score;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table.Name} fold {fold}  {score:0.0000}  with {Describe(table, results.Best.Trial.Settings)}"));
    }
    return sum / Table.Folds;
}

// The network to use: settings searched in all but a last test part, for the report.
void Keep(Table table)
{
    var (train, validation, test) = table.Data.Split(0.7, 0.15, 0.15, seed: 1);
    SearchResults<Settings> results = Search(table, train, table.Name);
    results.SaveCsv(Path.Combine(options.Out, $"{table.Name}-search.csv"));
    results.SaveSvg(Path.Combine(options.Out, $"{table.Name}-search.svg"));
    Console.WriteLine(results.Table(5));

    Trainer<ITrainable> trainer = results.Best.Trial.Settings.NewTrainer(table, seed: 1);
    TrainingHistory history = trainer.Fit(train, validation, ConsoleProgress.None);
    new TrainingReport(trainer.Network, history, test) { Title = $"{table.Name}: {trainer.Network.Info.Name}" }.Write(Path.Combine(options.Out, $"{table.Name}.html"));

    // The scaler is a layer, so the file has it, and whoever loads the file gives raw columns.
    string path = Path.Combine(options.Out, $"{table.Name}.safetensors");
    trainer.Network.Save(path);
    ITrainable loaded = table.Networks[results.Best.Trial.Settings.Network].Create(0);
    loaded.Load(path);
    if (Table.Score(loaded, test) != Table.Score(trainer.Network, test))
    {
        throw new InvalidOperationException($"{path}: the loaded network predicts something else than the saved one");
    }
}

SearchResults<Settings> Search(Table table, Dataset data, string name) =>
    new Search<Settings>(Settings.Space(table), trial => trial.Settings.InnerLoss(table, data, trial.Seed))
    {
        Seed = 1,
        // Of these data: a search in others finds no results of an earlier one.
        ResultsFile = Path.Combine(options.Out, $"{name}-{data.Hash}.jsonl"),
    }.Random(options.Trials);

static string Describe(Table table, Settings settings) => string.Create(
    CultureInfo.InvariantCulture, $"{table.Networks[settings.Network].Name} network, rate {settings.Rate:0.0000}, decay {settings.Decay:0.0000}, {settings.Epochs} epochs");
