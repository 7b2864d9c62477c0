using FsCheck;
using FsCheck.Fluent;

namespace NetGen.Truth;

/// <summary>What a random network is drawn from. The same two numbers give the same network; fewer layers give a shorter network of the same kind.</summary>
/// <param name="Seed">Of the network and of its data.</param>
/// <param name="Depth">Layers to draw.</param>
public sealed record RandomCase(int Seed, int Depth)
{
    /// <summary>
    /// Checks a property on many cases, a compilation's worth at a time, ten times as many with NETGEN_FULL=1. The seed is fixed; another one comes from
    /// NETGEN_SEED. A failure is cut down to one network, and that to the fewest layers that still fail.
    /// </summary>
    /// <param name="compilations">How many compilations.</param>
    /// <param name="greatestDepth">Layers of the largest network.</param>
    /// <param name="holds">The property.</param>
    /// <param name="together">Networks a compilation: much of its time is spent once, not for each network.</param>
    public static void Check(int compilations, int greatestDepth, Action<IReadOnlyList<RandomCase>> holds, int together = 32)
    {
        int times = Environment.GetEnvironmentVariable("NETGEN_FULL") == "1" ? 10 : 1;
        ulong seed = ulong.TryParse(Environment.GetEnvironmentVariable("NETGEN_SEED"), out ulong given) ? given : 1;
        Gen<RandomCase> one = Gen.Choose(0, int.MaxValue - 1).SelectMany(network => Gen.Choose(1, greatestDepth), (network, depth) => new RandomCase(network, depth));
        Config config = Config.QuickThrowOnFailure.WithMaxTest(times * compilations).WithReplay(new Replay(new Rnd(seed, 1), size: null));
        Prop.ForAll(Arb.From(one.ArrayOf(together), Shrink), cases => holds(cases)).Check(config);
    }

    private static IEnumerable<RandomCase[]> Shrink(RandomCase[] cases) => cases is [var single]
        ? Enumerable.Range(1, single.Depth - 1).Select(depth => new[] { single with { Depth = depth } })
        : [cases[..(cases.Length / 2)], cases[(cases.Length / 2)..]];
}
