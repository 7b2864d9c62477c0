using System.Globalization;
using System.Text;

namespace NetGen.Training;

/// <summary>What a search found.</summary>
/// <typeparam name="TSettings">What was tried.</typeparam>
public sealed class SearchResults<TSettings>
{
    private readonly SearchSpace<TSettings> _space;

    internal SearchResults(SearchSpace<TSettings> space, TrialResult<TSettings>[] trials)
    {
        _space = space;
        // Rounds of larger budgets first: what was trained longer is not beaten by what was not.
        Trials = [.. trials.OrderByDescending(result => result.Trial.Budget ?? 0).ThenBy(result => result.Score).ThenBy(result => result.Trial.Index)];
    }

    /// <summary>All trials, the best first; those of larger budgets before all others.</summary>
    public IReadOnlyList<TrialResult<TSettings>> Trials { get; }

    /// <summary>The best trial.</summary>
    public TrialResult<TSettings> Best => Trials[0];

    /// <summary>A table of the ten best trials.</summary>
    public override string ToString() => Table(10);

    /// <summary>A table of the best trials: rank, score, settings, seed, seconds.</summary>
    /// <param name="most">How many rows at most.</param>
    public string Table(int most)
    {
        string[][] rows = [Header(), .. Trials.Take(most).Select(Row)];
        StringBuilder text = new();
        text.AppendJoin('\n', TextTable.Lines(rows)).Append('\n');
        return Trials.Count > most ? text.Append(CultureInfo.InvariantCulture, $"and {Trials.Count - most} more\n").ToString() : text.ToString();
    }

    /// <summary>Writes all trials as a CSV file. A file of that name is overwritten.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <exception cref="IOException">The file cannot be written; what was there is still there.</exception>
    public void SaveCsv(string path)
    {
        IEnumerable<IEnumerable<string>> rows = Trials.Select(trial => Row(trial).Append(trial.Failure ?? "")).Prepend(Header().Append("failure"));
        WholeFile.Write(path, string.Concat(rows.Select(row => string.Join(',', row.Select(Quote)) + "\n")));

        static string Quote(string cell) => cell.AsSpan().IndexOfAny(",\"\n\r") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>
    /// Writes a picture as SVG: parallel coordinates, an upright axis for each dimension and for the score, a line for each trial, the better the
    /// stronger. A file of that name is overwritten.
    /// </summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <exception cref="IOException">The file cannot be written; what was there is still there.</exception>
    public void SaveSvg(string path) => WholeFile.Write(path, ToSvg());

    /// <summary>The picture that <see cref="SaveSvg"/> writes.</summary>
    public string ToSvg()
    {
        TrialResult<TSettings>[] finished = [.. Trials.Where(trial => double.IsFinite(trial.Score))];
        double best = finished.Select(trial => trial.Score).DefaultIfEmpty(0).Min();
        double worst = finished.Select(trial => trial.Score).DefaultIfEmpty(1).Max();
        double Place(double score) => worst > best ? (score - best) / (worst - best) : 0.5;
        ParallelAxis[] axes =
        [
            .. _space.Dimensions.Select(dimension => new ParallelAxis(dimension.Name, Ticks(dimension))),
            new ParallelAxis("score", [(0, Number(best)), (1, Number(worst))]),
        ];
        // By rank, so that one failure does not make all others look alike; the best is drawn last, on top.
        return ParallelCoordinates.Draw(axes, finished.OrderBy(trial => trial.Score).Select((trial, rank) => (
            (double[])[.. trial.Trial.Values.Select((value, i) => _space.Dimensions[i].PlaceOf(value)), Place(trial.Score)],
            (double)rank / finished.Length)).Reverse());
    }

    private static (double, string)[] Ticks(SearchDimension<TSettings> dimension) => dimension.Choices > 0
        ? [.. Enumerable.Range(0, dimension.Choices).Select(value => (dimension.PlaceOf(value), dimension.Print(value)))]
        : [.. new[] { 0, 0.5, 1 }.Select(place => (place, dimension.Print(dimension.At(place))))];

    private string[] Header() => ["trial", .. _space.Dimensions.Select(dimension => dimension.Name), .. HasBudgets ? ["budget"] : Array.Empty<string>(), "score", "seed", "seconds"];

    private string[] Row(TrialResult<TSettings> result) =>
    [
        result.Trial.Index.ToString(CultureInfo.InvariantCulture),
        .. _space.Dimensions.Select((dimension, i) => dimension.Print(result.Trial.Values[i])),
        .. HasBudgets ? [result.Trial.Budget!.Value.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
        result.Failure is null ? Number(result.Score) : "failed",
        result.Trial.Seed.ToString(CultureInfo.InvariantCulture),
        result.Seconds.ToString("0.00", CultureInfo.InvariantCulture),
    ];

    private bool HasBudgets => Trials.Any(trial => trial.Trial.Budget is not null);

    private static string Number(double score) => score.ToString("G5", CultureInfo.InvariantCulture);
}
