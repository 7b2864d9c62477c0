using NetGen.Compiler;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Spec;
using NetGen.Testing;

namespace NetGen.Generator.Tests;

/// <summary>That the memory plan of published networks is as small as their order of work allows.</summary>
public sealed class ArenaTests
{
    [Theory]
    [InlineData("ImageClassification.cs")]
    [InlineData("KeywordSpotting.cs")]
    [InlineData("VisualWakeWords.cs")]
    [InlineData("AnomalyDetection.cs")]
    public void The_arena_of_a_prediction_is_within_a_tenth_of_what_lives_at_one_time(string file)
    {
        string source = File.ReadAllText(Path.Combine(Repository.Root, "samples", "MlPerfTiny", file));
        NetworkSpec spec = Assert.Single(GeneratorHarness.Run(GeneratorHarness.Compilation([source])).Specs);
        LoweredNetwork network = NetworkCompiler.Lower(spec, TestContext.Current.CancellationToken);
        Graph graph = Pipeline.Run(Pipeline.Prediction, network.Forward, TestContext.Current.CancellationToken);
        Schedule schedule = Schedule.Of(graph);
        MemoryPlan plan = PlanMemory.Run(graph, schedule, network.Parameters.Concat(network.State).ToDictionary(tensor => tensor.Name), keepsInputs: false);

        int bound = LargestLiveSum([.. schedule.All], plan);

        Assert.True(bound > 0);
        Assert.InRange(plan.ArenaSize.PerSample + plan.ArenaSize.Constant, bound, bound * 1.1);
    }

    /// <summary>The floats of one sample that are alive at the busiest time; a value that is computed in place of another is the other.</summary>
    private static int LargestLiveSum(Node[] order, MemoryPlan plan)
    {
        var lives = new Dictionary<(Location Location, int Birth), int>();   // to the time of the last use
        var current = new Dictionary<Location, (Location, int)>();
        for (int time = 0; time < order.Length; time++)
        {
            foreach (Location location in order[time].Operands.Select(operand => plan.Locations[operand.Origin]).Where(location => location.Region == Region.Arena))
            {
                lives[current[location]] = time;
            }
            Location result = plan.Locations[order[time]];
            bool inPlace = current.TryGetValue(result, out (Location, int) before) && lives[before] == time;
            if (result.Region == Region.Arena && !inPlace)
            {
                current[result] = (result, time);
                lives[(result, time)] = time;
            }
        }
        return Enumerable.Range(0, order.Length)
            .Max(time => lives.Where(life => life.Key.Birth <= time && time <= life.Value).Sum(life => life.Key.Location.Size.PerSample + life.Key.Location.Size.Constant));
    }
}
