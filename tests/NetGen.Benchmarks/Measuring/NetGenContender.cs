namespace NetGen.Benchmarks.Measuring;

/// <summary>NetGen, in this process.</summary>
/// <param name="run">Does the work as often as it is told. The loop is inside, because a call of a delegate takes as long as a small network.</param>
/// <param name="threads">How many threads NetGen may use.</param>
internal sealed class NetGenContender(Action<int> run, int threads) : Contender
{
    public override string Name => $"NetGen, {threads} thread{(threads == 1 ? "" : "s")}";

    public override int Threads => threads;

    public override double Measure(int repetitions)
    {
        NetGenRuntime.Threads = threads;
        return Turn.Time(run, repetitions);
    }
}
