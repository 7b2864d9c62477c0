using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Emit;

/// <summary>Consecutive nodes of one layer: one method of the generated file, and the call to it.</summary>
internal sealed class LayerStep
{
    private readonly IReadOnlyList<Node> _nodes;
    private readonly Names _names;
    private readonly List<Node> _values = [];
    private readonly List<Ambient> _ambients = [];
    private readonly bool _usesBatch;

    private LayerStep(IReadOnlyList<Node> nodes, CompiledProgram program, Names names)
    {
        _nodes = nodes;
        _names = names;
        Layer = nodes[0].Layer;
        var seen = new HashSet<string>();
        foreach (Node node in nodes)
        {
            _ambients.AddRange(node.Op.Ambients.Where(ambient => !_ambients.Contains(ambient)));
            _usesBatch |= UsesBatch(node.Op.Emit(node, names));
            _values.AddRange(node.Operands.Append(node).Where(value => program.Plan.Locations[value].Region != Region.Result && seen.Add(names[value])));
        }
    }

    public Layer Layer { get; }

    /// <summary>The method's name, given by <see cref="LayerMethods"/>.</summary>
    public string Method { get; set; } = "";

    /// <summary>The values that the method gets, in order.</summary>
    public IReadOnlyList<Node> Values => _values;

    /// <summary>Run-time arguments beyond the values.</summary>
    public IReadOnlyList<Ambient> Ambients => _ambients;

    public bool ReturnsLoss => _nodes.Any(node => node.Op is LossOp);

    /// <summary>Splits a part of a schedule into steps.</summary>
    public static List<LayerStep> Of(IReadOnlyList<Node> nodes, CompiledProgram program, Names names)
    {
        var steps = new List<LayerStep>();
        var group = new List<Node>();
        foreach (Node node in nodes.Where(node => node.Op is not Sink || program.Plan.Copies.Contains(node)))
        {
            if (group.Count > 0 && group[0].Layer != node.Layer)
            {
                steps.Add(new(group, program, names));
                group = [];
            }
            group.Add(node);
        }
        if (group.Count > 0)
        {
            steps.Add(new(group, program, names));
        }
        return steps;
    }

    /// <summary>Whether C# text names the number of samples: no value is called <c>batch</c>.</summary>
    private static bool UsesBatch(string text) => System.Text.RegularExpressions.Regex.IsMatch(text, @"\bbatch\b");

    /// <summary>The method but for its name: two steps with equal text are one method.</summary>
    public string Text(string method)
    {
        var writer = new SourceWriter();
        var written = new HashSet<string>(_nodes.Select(node => _names[node]));
        IEnumerable<string> parameters = _ambients.Select(ambient => $"{ambient.Type} {ambient.Name}")
            .Concat(_values.Select(value => $"{(written.Contains(_names[value]) ? "Span" : "ReadOnlySpan")}<float> {_names[value]}"));
        writer.OpenMethod($"{(ReturnsLoss ? "internal static float" : "private static void")} {method}", _usesBatch ? ["int batch", .. parameters] : [.. parameters]);
        foreach (Node node in _nodes)
        {
            writer.Line($"// {node.Op.Formula(node, _names)}");
            writer.Line(node.Op.Emit(node, _names));
        }
        writer.Close();
        return writer.ToString();
    }

    /// <summary>The call.</summary>
    /// <param name="argument">Prints where a value lies.</param>
    public string Call(System.Func<Node, string> argument)
    {
        IEnumerable<string> arguments = Enumerable.Repeat("batch", _usesBatch ? 1 : 0).Concat(_ambients.Select(ambient => ambient.Name)).Concat(_values.Select(argument));
        return $"{(ReturnsLoss ? "return " : "")}{Method}({string.Join(", ", arguments)});";
    }
}

/// <summary>The methods of all layers. Steps of different programs that do the same share one.</summary>
internal sealed class LayerMethods
{
    // By the layer and not by its path: the user may call a layer "loss" or "output" too.
    private readonly Dictionary<Layer, List<(string Name, string Text)>> _byLayer = [];
    private readonly HashSet<string> _taken = ["Predict", "PredictInBlocks", "WorkspaceFor", "Forward", "Backward", "Load", "SetInitialValues", "FitPreprocessing", "ToProbabilities"];

    /// <summary>Gives each step a method, called after its layer and phase.</summary>
    public void Add(IEnumerable<LayerStep> steps, string phase)
    {
        foreach (LayerStep step in steps)
        {
            if (!_byLayer.TryGetValue(step.Layer, out List<(string Name, string Text)>? methods))
            {
                _byLayer[step.Layer] = methods = [];
            }
            string? existing = methods.FirstOrDefault(method => method.Text == step.Text(method.Name)).Name;
            if (existing is null)
            {
                string wanted = Names.Pascal(step.Layer.Path) + phase;
                existing = wanted;
                for (int suffix = 2; !_taken.Add(existing); suffix++)
                {
                    existing = $"{wanted}{suffix}";
                }
                methods.Add((existing, step.Text(existing)));
            }
            step.Method = existing;
        }
    }

    public IEnumerable<string> Of(Layer layer) => _byLayer.TryGetValue(layer, out var methods) ? methods.Select(method => method.Text) : [];
}
