using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NetGen.Compiler.Costs;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Inspection;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler;

/// <summary>What compiling a network gives.</summary>
/// <param name="Source">The generated file; with issues, the members' signatures only.</param>
/// <param name="Issues">What is wrong with the network; empty when it compiled.</param>
public sealed record CompiledNetwork(string Source, IReadOnlyList<Issue> Issues);

/// <summary>The compiler: a pure function from a specification to C# text and issues.</summary>
public static class NetworkCompiler
{
    /// <summary>Checks a network: lowering and shapes, and its budget where it has one. Gives its mistakes, or else what its author may want to know.</summary>
    public static IReadOnlyList<Issue> Analyze(NetworkSpec spec, CancellationToken cancellationToken)
    {
        try
        {
            if (spec.Budget is { } budget)
            {
                Built built = Build(spec, cancellationToken);
                var costs = CostSheet.Of(built.Compiled, built.Programs.Prediction, training: null, static _ => 0);
                return [.. BudgetCheck.Run(spec, budget, costs), .. built.Written.Remarks, .. RemarksOnUnrolling(spec, built.Written, cancellationToken)];
            }
            LoweredNetwork network = NetworkLowerer.Lower(spec, cancellationToken);
            CheckStreaming(spec, network);
            WeightsOf(spec, network, cancellationToken);
            return [.. network.Remarks, .. RemarksOnUnrolling(spec, network, cancellationToken)];
        }
        catch (LoweringException exception)
        {
            return [exception.Issue];
        }
    }

    /// <summary>Compiles a network to one C# file.</summary>
    public static CompiledNetwork Compile(NetworkSpec spec, CancellationToken cancellationToken)
    {
        try
        {
            Built built = Build(spec, cancellationToken);
            return new(NetworkEmitter.Emit(spec, built.Compiled, built.Trained, built.Programs, built.Weights), []);
        }
        catch (LoweringException exception)
        {
            return new(SignatureEmitter.Emit(spec), [exception.Issue]);
        }
    }

    /// <summary>A C# file whose only constant says what a network compiled to; null for a network with a mistake.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="places">Where its elements stand in the source.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static string? Inspect(NetworkSpec spec, IReadOnlyList<SourcePlace> places, CancellationToken cancellationToken)
    {
        try
        {
            Built built = Build(spec, cancellationToken);
            return InspectionEmitter.Emit(spec, new InspectionDocument(spec, built.Written, built.Compiled, built.Programs, places).Write());
        }
        catch (LoweringException)
        {
            return null;
        }
    }

    /// <summary>All that is decided of a network.</summary>
    /// <param name="Written">The network in the layout that users see.</param>
    /// <param name="Trained">The network as it is trained.</param>
    /// <param name="Compiled">The same, unless its parameters are fixed.</param>
    /// <param name="Programs">What it computes.</param>
    /// <param name="Weights">The weights that lie in its assembly.</param>
    private sealed record Built(LoweredNetwork Written, LoweredNetwork Trained, LoweredNetwork Compiled, CompiledPrograms Programs, BoundWeights? Weights);

    /// <exception cref="LoweringException">The network has a mistake.</exception>
    private static Built Build(NetworkSpec spec, CancellationToken cancellationToken)
    {
        LoweredNetwork lowered = NetworkLowerer.Lower(spec, cancellationToken);
        CheckStreaming(spec, lowered);
        BoundWeights? weights = WeightsOf(spec, lowered, cancellationToken);
        LoweredNetwork network = Prepared(lowered);
        InferencePlan plan = InferencePlan.Of(network, cancellationToken);
        bool isInference = spec.Mode == NetworkMode.Inference;
        CompiledFold? fold = weights?.IsFrozen == true ? null : Fold(plan.Graphs.Fold, TensorsOf(network));
        LoweredNetwork compiled = isInference ? Frozen(network, plan) : network;
        Dictionary<string, TensorSpec> tensors = TensorsOf(compiled);
        CompiledProgram prediction = Planned(PredictionOf(spec, network, plan, cancellationToken), trains: false, null);
        CompiledProgram? training = isInference || !network.HasLoss ? null : Planned(Pipeline.Run(Pipeline.Training, network.Forward, cancellationToken), trains: true, Unrolling.None);
        StreamForm stream = isInference ? StreamOf(network, plan.Graphs.Predict) : StreamOf(network);
        CompiledStream? step = stream.Graph is null ? null : new(Planned(Pipeline.Run(Pipeline.Step, stream.Graph, cancellationToken), trains: false, Unrolling.None), stream);
        cancellationToken.ThrowIfCancellationRequested();
        return new(lowered, network, compiled, new(prediction, training, step, plan, fold, Probabilities()), weights);

        IReadOnlyList<Node?> Probabilities()
        {
            var builder = new GraphBuilder();
            return [.. network.Outputs.Select(output =>
                output.Loss?.PredictionActivation is { } activation ? builder.Add(activation, builder.Add(new Input(output.Shape))) : null)];
        }

        CompiledProgram Planned(Graph graph, bool trains, Unrolling? unrolling)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Schedule schedule = Schedule.Of(graph);
            unrolling ??= PlanUnrolling.Run(graph, schedule, spec.Unroll);
            MemoryPlan memory = PlanMemory.Run(graph, schedule, tensors, keepsInputs: trains, unrolling);
            return new(graph, schedule, memory, unrolling, trains ? PlanLoops.Run(schedule, spec.Unroll) : []);
        }
    }

    /// <summary>What prediction computes.</summary>
    private static Graph PredictionOf(NetworkSpec spec, LoweredNetwork network, InferencePlan plan, CancellationToken cancellationToken) => spec.Mode == NetworkMode.Inference
        ? Pipeline.Run(Pipeline.Step, plan.Graphs.Predict, cancellationToken)
        : Pipeline.Run(Pipeline.Prediction, network.Forward, cancellationToken);

    /// <summary>Which layers stay calls of kernels although all are to be unrolled: the first, and how many more there are.</summary>
    private static IEnumerable<Issue> RemarksOnUnrolling(NetworkSpec spec, LoweredNetwork lowered, CancellationToken cancellationToken)
    {
        if (spec.Unroll != UnrollMode.Always)
        {
            return [];
        }
        LoweredNetwork network = Prepared(lowered);
        Graph graph = PredictionOf(spec, network, InferencePlan.Of(network, cancellationToken), cancellationToken);
        IReadOnlyDictionary<Node, string> refused = PlanUnrolling.Run(graph, Schedule.Of(graph), spec.Unroll).Refused;
        Node[] firsts = [.. refused.Keys.OrderBy(node => node.Id).GroupBy(node => node.Layer).Select(nodes => nodes.First())];
        string others = firsts.Length switch
        {
            <= 1 => " stays a call of a kernel",
            2 => " and another layer stay calls of kernels",
            _ => $" and {firsts.Length - 1} more layers stay calls of kernels",
        };
        return firsts.Take(1).Select(node => new Issue(IssueDescriptors.BeyondUnrolling, default, "unroll", new([spec.Type.Name, node.Layer.Path + others, refused[node]])));
    }

    /// <exception cref="LoweringException">The weights do not fit the network.</exception>
    private static BoundWeights? WeightsOf(NetworkSpec spec, LoweredNetwork network, CancellationToken cancellationToken) => spec switch
    {
        { Weights: { } weights } => WeightsBinder.Bind(spec, weights, network, () => InferencePlan.Of(Prepared(network), cancellationToken)),
        { Mode: NetworkMode.Inference } => throw new LoweringException(new(IssueDescriptors.InferenceWithoutWeights, default, "mode", new([spec.Type.Name]))),
        _ => null,
    };

    /// <summary>The network as one step of its sequence.</summary>
    private static StreamForm StreamOf(LoweredNetwork network) => StreamOf(network, EliminateDead.Run(SpecializeForPrediction.Run(network.Forward)));

    private static StreamForm StreamOf(LoweredNetwork network, Graph prediction) =>
        network.Inputs.Count > 1 ? StreamForm.NoSequence : ToStream.Run(prediction, network.Inputs[0].IsIndex);

    private static Dictionary<string, TensorSpec> TensorsOf(LoweredNetwork network) => network.Parameters.Concat(network.State).ToDictionary(tensor => tensor.Name);

    private static CompiledFold Fold(Graph graph, Dictionary<string, TensorSpec> tensors)
    {
        Schedule schedule = Schedule.Of(graph);
        return new(graph, schedule, PlanMemory.Run(graph, schedule, tensors, keepsInputs: false));
    }

    /// <summary>The network with frozen tensors for parameters, and no state.</summary>
    private static LoweredNetwork Frozen(LoweredNetwork network, InferencePlan plan) => network with
    {
        Parameters = [.. plan.Graphs.Tensors.Select(row => row.Tensor)],
        State = [],
        Layers = [.. network.Layers.Select(row => row with { Parameters = [.. plan.Graphs.Tensors.Where(frozen => frozen.Layer == row.Layer).Select(frozen => frozen.Tensor)], State = [] })],
    };

    /// <exception cref="LoweringException">The network must take its sequence step by step, and cannot.</exception>
    private static void CheckStreaming(NetworkSpec spec, LoweredNetwork network)
    {
        if (!spec.MustStream || StreamOf(network) is not { Graph: null } stream)
        {
            return;
        }
        (string who, string why, string advice) = stream.Obstacle switch
        {
            null when network.Inputs.Count > 1 => (spec.Type.Name, $"reads {network.Inputs.Count} inputs", "declare one, a sequence such as [Input(100, 8)], or leave Streaming out"),
            null => (spec.Type.Name, $"reads {network.Inputs[0].Shape.Describe()}", "declare a sequence such as [Input(100, 8)], or leave Streaming out"),
            _ when network.Outputs.Count > 1 && LayerOf(stream.Obstacle) is null =>
                (spec.Type.Name, "gives a row of several outputs over all steps", "keep one of them, or leave Streaming out"),
            { } obstacle => (
                obstacle.Layer.Path, "needs steps that are not there yet",
                "use layers that look at earlier steps only, such as LSTM, CausalConv1D and SelfAttention with Causal, or leave Streaming out"),
        };
        throw new LoweringException(new(IssueDescriptors.CannotStream, LayerOf(stream.Obstacle)?.Place ?? default, null, new([who, why, advice])));

        LayerRow? LayerOf(Node? node) => network.Layers.FirstOrDefault(row => row.Layer == node?.Layer);
    }

    /// <summary>What is decided once for both programs: how images and weights lie in memory, and how much of an image is computed.</summary>
    private static LoweredNetwork Prepared(LoweredNetwork lowered)
    {
        LoweredNetwork network = MoveLayout.Run(lowered);
        return network with { Forward = CropToWindows.Run(network.Forward) };
    }

    /// <summary>The forward graph before the passes of a program, its layout chosen: what the interpreter of the tests runs.</summary>
    /// <exception cref="System.ArgumentException">The network has a mistake.</exception>
    public static LoweredNetwork Lower(NetworkSpec spec, CancellationToken cancellationToken) => Prepared(LowerAsWritten(spec, cancellationToken));

    /// <summary>The weights of a network with their places in it; null where it has none.</summary>
    /// <exception cref="System.ArgumentException">The network has a mistake, or its weights have.</exception>
    public static BoundWeights? BindWeights(NetworkSpec spec, CancellationToken cancellationToken)
    {
        try
        {
            return WeightsOf(spec, NetworkLowerer.Lower(spec, cancellationToken), cancellationToken);
        }
        catch (LoweringException exception)
        {
            throw new System.ArgumentException(exception.Message, nameof(spec), exception);
        }
    }

    /// <summary>The forward graph in the layout that users see, before any pass.</summary>
    /// <exception cref="System.ArgumentException">The network has a mistake.</exception>
    public static LoweredNetwork LowerAsWritten(NetworkSpec spec, CancellationToken cancellationToken)
    {
        try
        {
            return NetworkLowerer.Lower(spec, cancellationToken);
        }
        catch (LoweringException exception)
        {
            throw new System.ArgumentException(exception.Message, nameof(spec), exception);
        }
    }
}
