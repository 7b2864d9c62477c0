using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Costs;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Emit;

/// <summary>A pass as it was printed.</summary>
/// <param name="Name">Its method.</param>
/// <param name="Program">What it is a part of.</param>
/// <param name="Names">What its values are called.</param>
/// <param name="Steps">The methods that it calls, in order.</param>
internal sealed record EmittedPass(string Name, CompiledProgram Program, INames Names, IReadOnlyList<LayerStep> Steps);

/// <summary>Prints the arithmetic: a section for each layer, then the passes that call them, with every offset.</summary>
internal sealed partial class ProgramEmitter
{
    private readonly SourceWriter _writer;
    private readonly LoweredNetwork _network;
    private readonly CompiledPrograms _programs;
    private readonly bool _isInference;
    private readonly TensorTable _constants;
    private readonly ILookup<int, TensorSpec> _parameters;
    private readonly SharedObjects _objects;
    private readonly Dictionary<string, int> _lastByName = [];   // places in the network as lowered
    private readonly ILookup<Layer, (string Pass, Layer Into)> _fused;
    private readonly ILookup<Layer, Node> _written;   // the network as lowered, by layer
    private readonly ILookup<Layer, Node> _predicted;
    private readonly Dictionary<string, Layer> _explained = [];   // reasons, by the layer whose section gives them

    public ProgramEmitter(SourceWriter writer, LoweredNetwork network, CompiledPrograms programs, bool isInference)
    {
        _isInference = isInference;
        (_writer, _network, _programs) = (writer, network, programs);
        for (int i = 0; i < network.Forward.Nodes.Count; i++)
        {
            if (network.Forward.Nodes[i].Op is not Sink)
            {
                _lastByName[network.Forward.Nodes[i].Name] = i;
            }
        }
        IEnumerable<(string Pass, string Path, Layer Into)> fused =
            [.. FusedIn("Forward", programs.Training), .. FusedIn("Predict", programs.Prediction), .. FusedIn("Step", programs.Step?.Program), .. FusedInBackward(programs.Training)];
        var layers = network.Layers.ToDictionary(row => row.Layer.Path, row => row.Layer);
        _fused = fused.Where(row => layers.ContainsKey(row.Path)).ToLookup(row => layers[row.Path], row => (row.Pass, row.Into));
        _written = network.Forward.Nodes.ToLookup(node => node.Layer);
        _predicted = programs.Prediction.Schedule.Forward.ToLookup(node => node.Layer);
        _constants = new(network);
        _parameters = network.Parameters.ToLookup(tensor => tensor.Offset);
        _objects = new(new[] { programs.Training?.Graph, programs.Prediction.Graph, programs.Step?.Program.Graph, programs.Fold?.Graph }.OfType<Graph>());
    }

    /// <summary>For each output, the method that computes the loss of predictions.</summary>
    public IReadOnlyList<string> LossMethods { get; private set; } = [];

    /// <summary>What Forward gets beyond memory.</summary>
    public IReadOnlyList<Ambient> ForwardAmbients { get; private set; } = [];

    /// <summary>What Backward gets beyond memory.</summary>
    public IReadOnlyList<Ambient> BackwardAmbients { get; private set; } = [];

    /// <summary>The passes that were printed.</summary>
    public List<EmittedPass> Passes { get; } = [];

    /// <summary>What was written above each layer's code.</summary>
    public Dictionary<Layer, IReadOnlyList<string>> Notes { get; } = [];

    /// <summary>What each layer costs; known once its code is.</summary>
    public CostSheet Costs { get; private set; } = CostSheet.Empty;

    /// <summary>The layer whose code computes another one in a pass; null where it has code of its own.</summary>
    public Layer? FusedInto(string pass, Layer layer) => _fused[layer].Where(fused => fused.Pass == pass).Select(fused => fused.Into).FirstOrDefault();

    public void Emit()
    {
        (CompiledProgram prediction, CompiledProgram? training) = (_programs.Prediction, _programs.Training);
        var methods = new LayerMethods();
        var predictionNames = new Names(prediction.Graph, _objects);
        List<LayerStep> predict = StepsOf(prediction.Schedule.Forward, prediction, predictionNames);
        Names? trainingNames = null;
        List<LayerStep> forward = [];
        List<LayerStep> backward = [];
        if (training is not null)
        {
            trainingNames = new Names(training.Graph, _objects);
            forward = StepsOf(training.Schedule.Forward, training, trainingNames);
            backward = StepsOf(training.Schedule.Backward, training, trainingNames);
            methods.Add(forward, "Forward");
            methods.Add(backward, "Backward");
            LossMethods = [.. _network.Outputs.Select(output => forward.Single(step => step.IsLoss && step.Layer == output.LossLayer).Method)];
        }
        methods.Add(predict, "Predict");
        Names? stepNames = null;
        List<LayerStep> step = [];
        if (_programs.Step is { } stream)
        {
            stepNames = new Names(stream.Program.Graph, _objects);
            step = StepsOf(stream.Program.Schedule.Forward, stream.Program, stepNames);
            methods.Add(step, "Step");
        }
        Passes.Add(new("Predict", prediction, predictionNames, predict));
        if (training is not null)
        {
            Passes.Add(new("Forward", training, trainingNames!, forward));
            Passes.Add(new("Backward", training, trainingNames!, backward));
        }
        if (_programs.Step is not null)
        {
            Passes.Add(new("Step", _programs.Step.Program, stepNames!, step));
        }

        Costs = CostSheet.Of(_network, prediction, training, methods.CodeSize);
        Heading("Cost of predicting one sample", [.. CostTable.Lines(Costs)]);
        foreach (InputSpec input in _network.Inputs.Where(_ => _network.Inputs.Count > 1))
        {
            Heading($"{input.Name}: {input.Description}", $"floats {input.Start} to {input.Start + input.Shape.Count - 1} of a sample's row");
            EmitMethods(CodeOf(new(input.Name, input.Description), methods));
        }
        UnrolledStep[] unrolled = [.. predict.OfType<UnrolledStep>()];
        foreach (LayerRow row in _network.Layers)
        {
            EmitSection(row, methods, unrolled);
        }
        foreach (OutputSpec output in _network.Outputs.Where(_ => training is not null))
        {
            string sum = output.Weight == 1 ? "1" : $"{Literal.Plain(output.Weight)}, the weight of this output";
            Heading(
                $"{output.LossLayer!.Path}: {output.LossLayer.Description}",
                $"each row's share of the mean over the batch, the weights of rows summing to {sum}; backpropagation starts with its gradient");
            EmitMethods(CodeOf(output.LossLayer, methods));
        }

        EmitPredict(prediction, predict, predictionNames, [.. methods.Of(UnrolledStep.Section), .. CodeOf(new("output", ""), methods)]);
        if (_programs.Step is not null)
        {
            EmitStep(_programs.Step, step, stepNames!);
        }
        if (training is not null)
        {
            EmitTraining(training, forward, backward, trainingNames!);
        }
        if (_programs.Fold is { } fold)
        {
            EmitFold(fold);
        }
        if (!_isInference)
        {
            EmitInitialize();
        }
    }

    /// <summary>The steps of a part of a schedule: kernels layer by layer, and straight-line code between them.</summary>
    private List<LayerStep> StepsOf(IReadOnlyList<Node> nodes, CompiledProgram program, Names names)
    {
        var steps = new List<LayerStep>();
        var kernels = new List<Node>();
        foreach (Node node in nodes)
        {
            LayerStep? straight = null;
            if (program.Unrolling.Of(node) is { } segment)
            {
                if (node != segment.Nodes[0])
                {
                    continue;
                }
                straight = new UnrolledStep(segment, program, names, _constants);
            }
            else if (program.Loops.FirstOrDefault(loop => loop.Nodes.Contains(node)) is { } loop)
            {
                if (node != loop.Product)
                {
                    continue;
                }
                straight = new LoopStep(loop, program, names, _constants);
            }
            if (straight is null)
            {
                kernels.Add(node);
                continue;
            }
            steps.AddRange(LayerStep.Of(kernels, program, names));
            kernels.Clear();
            steps.Add(straight);
        }
        steps.AddRange(LayerStep.Of(kernels, program, names));
        return steps;
    }

    /// <summary>The layers whose output another layer's product computes: a fused op has the name of the last layer and the section of the first.</summary>
    private IEnumerable<(string Pass, string Path, Layer Into)> FusedIn(string pass, CompiledProgram? program)
    {
        IReadOnlyList<Node> nodes = program?.Schedule.Forward ?? [];
        var running = new HashSet<Layer>(nodes.Select(node => node.Layer));
        return nodes.Where(node => node.Op is MatMul or Convolve or ElementwiseChain && node.Name != node.Layer.Path)
            .SelectMany(node => Between(node, running).Append(node.Name).Select(path => (pass, path, node.Layer)));
    }

    /// <summary>The layers between the one that a fused op stands at and the last that it computes, which leave no other trace: sums of a residual, activations before a pool.</summary>
    private IEnumerable<string> Between(Node fused, HashSet<Layer> running)
    {
        int last = _lastByName.TryGetValue(fused.Name, out int index) ? index : -1;
        // What leads to the last one, back to the layer of the fused op.
        var leading = new HashSet<Node>();
        var between = new List<Layer>();
        for (index = last; index >= 0 && _network.Forward.Nodes[index].Layer != fused.Layer; index--)
        {
            Node node = _network.Forward.Nodes[index];
            if (index == last || leading.Contains(node))
            {
                leading.UnionWith(node.Operands);
                // A norm is rather in the weights than here, and dropout nowhere.
                if (node.Op is Activate or Arithmetic { Axis: null })
                {
                    between.Add(node.Layer);
                }
            }
        }
        return between.Distinct().Where(layer => layer.Path != fused.Name && !running.Contains(layer)).Select(layer => layer.Path);
    }

    /// <summary>The activations whose derivative another layer's gradient is multiplied by as it is computed.</summary>
    private static IEnumerable<(string Pass, string Path, Layer Into)> FusedInBackward(CompiledProgram? program) =>
        (program?.Schedule.Backward ?? []).Select(node => (node, Derivative: DerivativeIn(node))).Where(pair => pair.Derivative is not null)
            .Select(pair => ("Backward", ActivationOf(pair.Derivative!.Value, program!).Name, pair.node.Layer));

    /// <summary>The activation whose derivative an op multiplies its result by, and what was saved of it.</summary>
    private static (Activation Activation, Node Saved)? DerivativeIn(Node node) => node.Op switch
    {
        MatMul { Form: MatMulForm.TransposedRight, Activation: { } activation } => (activation, node.Operands[2]),
        ConvolveInputGradient { Activation: { } activation } => (activation, node.Operands[2]),
        MaxPoolGradient { Activation: { } activation } => (activation, node.Operands[0]),
        _ => null,
    };

    /// <summary>The activation of which something was saved: its output, or its input.</summary>
    private static Node ActivationOf((Activation Activation, Node Saved) derivative, CompiledProgram program) => derivative.Activation.Function.SavesOutput
        ? derivative.Saved
        : program.Graph.Nodes.First(node => node.Op is Activate activate && activate.Activation == derivative.Activation && node.Operands[0] == derivative.Saved);

    private void EmitSection(LayerRow row, LayerMethods methods, IReadOnlyList<UnrolledStep> unrolled)
    {
        var notes = new List<string>();
        notes.AddRange(CroppedIn(row.Layer));
        string[] code = [.. methods.Of(row.Layer)];
        if (_fused.Contains(row.Layer))
        {
            foreach (var into in _fused[row.Layer].GroupBy(fused => fused.Into, fused => fused.Pass))
            {
                notes.Add($"In {Listed([.. into])} it is part of {into.Key.Path}.");
            }
        }
        else if (UnrollingOf(row.Layer, unrolled) is { } note)
        {
            notes.Add(note);
            if (_programs.Training is { Loops.Count: > 0 } training
                && training.Schedule.Forward.FirstOrDefault(node => node.Layer == row.Layer && node.Op is MatMul && PlanLoops.WhyNot(node) is not null) is { } product)
            {
                notes.Add($"Training calls kernels: {PlanLoops.WhyNot(product)}.");
            }
        }
        else if (code.Length == 0)
        {
            Node[] nodes = [.. _written[row.Layer].Where(node => node.Op is not Source)];
            notes.Add(nodes.Length == 0 ? "No code of its own: the layers inside do it."
                : nodes.All(node => node.Op.IsAlias) ? "No code: the same memory under another shape."
                : _isInference && nodes.Any(node => node.Op is not Dropout) ? "No code: folded into the weights of other layers."
                : "No code: Predict does not need it.");
        }
        Notes[row.Layer] = [.. row.Notes, .. notes];
        string parameters = row.Parameters.Count == 0 ? "" : $"{Literal.Grouped(row.Parameters.Sum(tensor => (long)tensor.Count))} parameters, ";
        string summary = $"{row.Input} → {row.Output}    {parameters}{Literal.Grouped(row.Flops)} FLOPs a sample";
        Heading($"{row.Layer.Path}: {row.Layer.Description}", [summary, .. row.Notes.Select(note => OnlyOnce(note, row.Layer)), .. notes]);

        TensorSpec[] tensors = [.. row.Parameters, .. row.State];
        foreach (TensorSpec tensor in tensors)
        {
            string layout = tensor.Layout is null ? "" : tensor.Layout.View.Count == 2 ? $"; the transpose of PyTorch's {tensor.LogicalShape}"
                : $"; PyTorch's {tensor.LogicalShape} as [{string.Join(", ", tensor.Layout.Extents)}]";
            _writer.Line($"private const int {_constants[tensor.Name]} = {tensor.Offset};   // {tensor.Name} {tensor.Shape}{layout}");
        }
        if (tensors.Length > 0 && !_objects.DeclarationsOf(row.Layer).Any())
        {
            _writer.Line();
        }
        EmitMethods(CodeOf(row.Layer, methods));
    }

    /// <summary>A note of the form <c>what: why</c>, whose reason stands in the section of the first layer that has it.</summary>
    private string OnlyOnce(string note, Layer layer)
    {
        if (_explained.TryGetValue(note, out Layer? first))
        {
            return $"{note.Substring(0, note.IndexOf(':'))}: see {first.Path}.";
        }
        _explained[note] = layer;
        return note;
    }

    /// <summary>What of a layer's image is left out, because the window after it does not see it.</summary>
    private IEnumerable<string> CroppedIn(Layer layer) => _written[layer]
        .Select(node => node.Op switch { Convolve convolution => convolution.Shape.Window, Pool pool => pool.Window, _ => null }).OfType<Window>()
        .Where(window => window.Axes.Any(axis => axis.IsCropped))
        .Select(window => $"Only {string.Join("x", window.Axes.Select(axis => axis.Output))} pixels are computed: the layer after it sees no more.");

    /// <summary>How Predict computes a layer, and why not otherwise; null where there is nothing to choose.</summary>
    private string? UnrollingOf(Layer layer, IReadOnlyList<UnrolledStep> unrolled)
    {
        Node[] nodes = [.. _predicted[layer]];
        UnrolledStep? step = unrolled.FirstOrDefault(step => nodes.Any(step.Computes));
        if (step is null)
        {
            return nodes.Where(_programs.Prediction.Unrolling.Refused.ContainsKey)
                .Select(node => $"Predict calls a kernel: {_programs.Prediction.Unrolling.Refused[node]}.").FirstOrDefault();
        }
        int products = nodes.Sum(UnrollCost.MultiplyAdds);
        return $"Predict unrolls it in {step.Method}{(products == 0 ? "" : $": {Literal.Grouped(products)} vector multiply-adds")}.";
    }

    /// <summary>Forward, Predict and Step.</summary>
    private static string Listed(IReadOnlyList<string> words) =>
        words.Count == 1 ? words[0] : $"{string.Join(", ", words.Take(words.Count - 1))} and {words[words.Count - 1]}";

    private void Heading(string title, params string[] notes)
    {
        _writer.Line($"// ── {title} {new string('─', System.Math.Max(4, 100 - title.Length))}");
        foreach (string note in notes)
        {
            _writer.Line($"// {note}");
        }
        _writer.Line();
    }

    private static string Unshared(CompiledProgram program) =>
        program.Plan.Unshared == program.Plan.ArenaSize ? "" : $"; {program.Plan.Unshared} if no two values shared memory";

    /// <summary>What stands in a section beside constants: the objects of a layer, and its methods.</summary>
    private IEnumerable<string> CodeOf(Layer layer, LayerMethods methods)
    {
        string[] objects = [.. _objects.DeclarationsOf(layer)];
        return objects.Length == 0 ? methods.Of(layer) : [string.Join("\n", objects) + "\n", .. methods.Of(layer)];
    }

    private void EmitMethods(IEnumerable<string> methods)
    {
        foreach (string method in methods)
        {
            _writer.Line(method);
        }
    }
}
