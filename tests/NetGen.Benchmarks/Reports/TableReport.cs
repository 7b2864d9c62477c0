using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Workloads;

namespace NetGen.Benchmarks.Reports;

/// <summary>The report for people: a line a pair, as a table that Markdown also shows as one, then what was promised.</summary>
internal sealed class TableReport(TextWriter output)
{
    // Half the range of the middle half of the rounds; on a quiet machine it is below 2%.
    private const double SteadySpread = 0.05;

    private readonly MarkdownTable _table = new(
        output, ("workload", -32), ("threads", 7), ("netgen", 9), ("share of peak", 13), ("peer", -52), ("peer's time", 11), ("ratio", 7));

    private readonly List<string> _targets = [];
    private int _met, _missed, _unmeasured, _pairs, _unsteady;

    public void Begin() => _table.WriteHeadings();

    /// <summary>One line for each that NetGen was measured beside, or one of its own where there was nobody.</summary>
    public void Add(Result result)
    {
        string netgen = Times.Text(result.Seconds);
        string share = result.ShareOfPeak is { } value ? $"{value * 100:0.0}%" : "";
        foreach (OtherResult other in result.Others)
        {
            _pairs++;
            if (Math.Max(result.Spread, other.Spread) > SteadySpread) _unsteady++;
            WriteLine(result, netgen, share, other.Contender.Name, Times.Text(other.Seconds), $"{other.Seconds / result.Seconds:0.00}x");
        }
        if (result.Others.Count == 0) WriteLine(result, netgen, share, "-", "-", "-");
        foreach (string remark in result.Remarks) output.WriteLine($"  {remark}");
        foreach (Target target in result.Workload.Targets.Where(target => target.Threads == result.Threads)) AddTarget(result, target);
        output.Flush();
    }

    /// <summary>Every target of what was measured, whether it is met, and how far to trust the numbers.</summary>
    public void End()
    {
        if (_unsteady > 0)
        {
            output.WriteLine();
            output.WriteLine($"In {_unsteady} of {_pairs} pairs the rounds differ by more than {SteadySpread * 100:0}%: something else uses this machine.");
        }
        if (_targets.Count == 0) return;
        output.WriteLine();
        foreach (string line in _targets) output.WriteLine(line);
        output.WriteLine($"targets: {_met} met, {_missed} missed, {_unmeasured} not measured");
    }

    private void WriteLine(Result result, string netgen, string share, string other, string time, string ratio) =>
        _table.WriteLine(result.Workload.Name, $"{result.Threads}", netgen, share, other, time, ratio);

    private void AddTarget(Result result, Target target)
    {
        string verdict;
        switch (target.IsMet(result))
        {
            case true:
                verdict = "met";
                _met++;
                break;
            case false:
                verdict = "MISSED";
                _missed++;
                break;
            default:
                verdict = "not measured";
                _unmeasured++;
                break;
        }
        string value = target.Value(result) is { } number ? target.Format(number) : "";
        _targets.Add($"{verdict,-12}  {result.Workload.Name,-32}  {result.Threads} thread{(result.Threads == 1 ? " " : "s")}  {value,10}  {target.Text}");
    }
}
