using System.Diagnostics;
using System.Globalization;

namespace NetGen.Training;

/// <summary>
/// Tries settings, several trials at a time, and ranks them. Which settings and seeds are tried is a function of <see cref="Seed"/>, whatever the
/// number of threads and the order in which trials end.
/// </summary>
/// <typeparam name="TSettings">What is tried.</typeparam>
/// <param name="space">Which settings there are.</param>
/// <param name="run">Trains with the settings and seed of a trial, and gives its score: lower is better, such as a validation loss. Called on several threads at once.</param>
/// <example><code>
/// var search = new Search&lt;Settings&gt;(space, trial => CrossValidate(trial.Settings, trial.Seed)) { ResultsFile = "search.jsonl" };
/// SearchResults&lt;Settings&gt; results = search.Random(trials: 50);
/// Console.WriteLine(results);
/// </code></example>
public sealed class Search<TSettings>(SearchSpace<TSettings> space, Func<Trial<TSettings>, double> run)
{
    private readonly SearchSpace<TSettings> _space = space ?? throw new ArgumentNullException(nameof(space));
    private readonly Func<Trial<TSettings>, double> _run = run ?? throw new ArgumentNullException(nameof(run));

    /// <summary>Decides which settings are drawn. Trial i has the seed <c>Seed + i</c>. 0 by default.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// Trials that run at once, each on a thread of its own; by default as many as <see cref="NetGenRuntime.Threads"/>. One trial at a time then has
    /// the pool of workers, and the others train on their own thread, with the same bits.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Parallel { get; init => field = Setting.That(value >= 1, value, "at least 1"); } = NetGenRuntime.Threads;

    /// <summary>A file to which each trial that ends is added, a line of JSON each; a search that finds its own file does not repeat what is in there. None by default.</summary>
    public string? ResultsFile { get; init; }

    /// <summary>Tries all combinations of all choices, and of some evenly spaced numbers of each range, its ends included.</summary>
    /// <param name="points">Numbers of each range, at least 2.</param>
    /// <param name="cancellationToken">Ends the search; trials that run are waited for.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="points"/> is below 2.</exception>
    /// <exception cref="OverflowException">There are more than 2^31 - 1 combinations.</exception>
    /// <exception cref="InvalidDataException"><see cref="ResultsFile"/> has a line that is none of a search.</exception>
    /// <exception cref="AggregateException">
    /// Trials threw what is not an <see cref="InvalidOperationException"/>, or <see cref="ResultsFile"/> is of another search (<see cref="InvalidDataException"/>).
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled; what had ended is in <see cref="ResultsFile"/>.</exception>
    public SearchResults<TSettings> Grid(int points = 3, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        int[] counts = [.. _space.Dimensions.Select(dimension => dimension.Choices > 0 ? dimension.Choices : points)];
        int trials = counts.Aggregate(1, (product, count) => checked(product * count));
        double[][] values = new double[trials][];
        for (int i = 0; i < trials; i++)
        {
            values[i] = new double[counts.Length];
            int rest = i;
            for (int j = counts.Length - 1; j >= 0; j--)
            {
                (rest, int index) = Math.DivRem(rest, counts[j]);
                SearchDimension<TSettings> dimension = _space.Dimensions[j];
                values[i][j] = dimension.Choices > 0 ? index : dimension.At((double)index / (points - 1));
            }
        }
        return Finish(Run([.. values.Select((value, i) => NewTrial(i, value, budget: null))], cancellationToken));
    }

    /// <summary>Tries random settings.</summary>
    /// <param name="trials">How many, at least 1.</param>
    /// <param name="cancellationToken">Ends the search; trials that run are waited for.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="trials"/> is below 1.</exception>
    /// <exception cref="InvalidDataException"><see cref="ResultsFile"/> has a line that is none of a search.</exception>
    /// <exception cref="AggregateException">
    /// Trials threw what is not an <see cref="InvalidOperationException"/>, or <see cref="ResultsFile"/> is of another search (<see cref="InvalidDataException"/>).
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled; what had ended is in <see cref="ResultsFile"/>.</exception>
    public SearchResults<TSettings> Random(int trials, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        return Finish(Run([.. Enumerable.Range(0, trials).Select(i => NewTrial(i, Draw(i), budget: null))], cancellationToken));
    }

    /// <summary>
    /// Tries many random settings with a small budget, and the best of them with more: after each round one in <paramref name="factor"/> goes on,
    /// with <paramref name="factor"/> times the budget, until fewer than <paramref name="factor"/> are left. Jamieson and Talwalkar, "Non-stochastic
    /// best arm identification and hyperparameter optimization" (2016).
    /// </summary>
    /// <remarks>
    /// A trial of a later round has the seed of the earlier ones. One whose budget are its epochs goes on from where it was, with <see cref="Trial{TSettings}.Index"/> in the folder of its
    /// <see cref="Checkpoints"/> and without a schedule, which spans all epochs, or early stopping, which a checkpoint remembers; any other is trained anew.
    /// </remarks>
    /// <param name="trials">Of the first round, at least 2.</param>
    /// <param name="leastBudget">Of the first round, in units of your own, such as epochs; at least 1.</param>
    /// <param name="factor">At least 2.</param>
    /// <param name="cancellationToken">Ends the search; trials that run are waited for.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="OverflowException">A budget is beyond 2^31 - 1.</exception>
    /// <exception cref="InvalidDataException"><see cref="ResultsFile"/> has a line that is none of a search.</exception>
    /// <exception cref="AggregateException">
    /// Trials threw what is not an <see cref="InvalidOperationException"/>, or <see cref="ResultsFile"/> is of another search (<see cref="InvalidDataException"/>).
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled; what had ended is in <see cref="ResultsFile"/>.</exception>
    public SearchResults<TSettings> SuccessiveHalving(int trials, int leastBudget, int factor = 3, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(leastBudget, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 2);
        List<TrialResult<TSettings>> all = [];
        Trial<TSettings>[] round = [.. Enumerable.Range(0, trials).Select(i => NewTrial(i, Draw(i), leastBudget))];
        for (int budget = leastBudget; ; budget = checked(budget * factor))
        {
            TrialResult<TSettings>[] results = Run(round, cancellationToken);
            all.AddRange(results);
            int left = round.Length / factor;
            if (left == 0)
            {
                return Finish(all);
            }
            round = [.. results.OrderBy(result => result.Score).Take(left).Select(result => NewTrial(result.Trial.Index, result.Trial.Values, checked(budget * factor)))];
        }
    }

    private double[] Draw(int index)
    {
        SplitMix64 random = new(unchecked((ulong)Seed), stream: (ulong)index);
        double[] values = new double[_space.Dimensions.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = _space.Dimensions[i].At(random.NextDouble());
        }
        return values;
    }

    private Trial<TSettings> NewTrial(int index, double[] values, int? budget)
    {
        TSettings settings = _space.Start;
        for (int i = 0; i < values.Length; i++)
        {
            settings = _space.Dimensions[i].With(settings, values[i]);
        }
        return new Trial<TSettings>(index, settings, unchecked(Seed + index), budget, values);
    }

    private TrialResult<TSettings>[] Run(Trial<TSettings>[] trials, CancellationToken cancellationToken)
    {
        TrialResult<TSettings>[] results = new TrialResult<TSettings>[trials.Length];
        using TrialFile<TSettings>? file = ResultsFile is null ? null : new TrialFile<TSettings>(ResultsFile, _space);
        System.Threading.Tasks.Parallel.For(0, trials.Length, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken }, i =>
        {
            results[i] = file?.Find(trials[i]) ?? Try(trials[i]);
            file?.Add(results[i]);
        });
        return results;
    }

    private TrialResult<TSettings> Try(Trial<TSettings> trial)
    {
        long start = Stopwatch.GetTimestamp();
        (double score, string? failure) = (double.PositiveInfinity, null);
        try
        {
            score = _run(trial);
            if (!double.IsFinite(score))
            {
                (score, failure) = (double.PositiveInfinity, string.Create(CultureInfo.InvariantCulture, $"the score is {score}"));
            }
        }
        catch (InvalidOperationException exception)
        {
            // What Trainer throws where a loss explodes: settings that cannot be trained are a result, too.
            failure = exception.Message;
        }
        return new TrialResult<TSettings>(trial, score, Stopwatch.GetElapsedTime(start).TotalSeconds, failure);
    }

    private SearchResults<TSettings> Finish(IEnumerable<TrialResult<TSettings>> results) => new(_space, [.. results]);
}
