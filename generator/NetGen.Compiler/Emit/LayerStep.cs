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
    private readonly Node[] _values;
    private readonly Ambient[] _ambients;
    private readonly HashSet<string> _written;
    private readonly bool _usesBatch;

    private LayerStep(IReadOnlyList<Node> nodes, CompiledProgram program, Names names)
    {
        _nodes = nodes;
        _names = names;
        Layer = nodes[0].Layer;
        _usesBatch = nodes.Any(node => node.Op.UsesBatch(node));
        _ambients = [.. nodes.SelectMany(node => node.Op.Ambients).Distinct()];
        _written = [.. nodes.Select(node => names[node])];

        // What is read, then the parameters, then what is written.
        var seen = new HashSet<string>();
        _values = [.. nodes.SelectMany(node => node.Operands.Append(node))
            .Where(value => program.Plan.Locations[value].Region != Region.Result && seen.Add(names[value]))
            .OrderBy(value => _written.Contains(names[value]) ? 2 : value.Op is Parameter or State ? 1 : 0)];
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

    /// <summary>The method but for its name: two steps with equal text are one method.</summary>
    public string Text(string method)
    {
        var writer = new SourceWriter();
        IEnumerable<string> parameters = _ambients.Select(ambient => $"{ambient.Type} {ambient.Name}")
            .Concat(_values.Select(value => $"{(_written.Contains(_names[value]) ? "Span" : "ReadOnlySpan")}<float> {_names[value]}"));
        writer.OpenMethod($"{(ReturnsLoss ? "internal static float" : "private static void")} {method}", _usesBatch ? ["int batch", .. parameters] : [.. parameters]);
        foreach (Node node in _nodes)
        {
            writer.Line($"// {node.Op.Formula(node, _names)}");
            writer.Line(node.Op.Emit(node, _names));
        }
        writer.Close();
        return writer.ToString();
    }

    /// <summary>Writes the call.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="argument">Prints where a value lies.</param>
    public void WriteCall(SourceWriter writer, System.Func<Node, string> argument)
    {
        IEnumerable<string> arguments = Enumerable.Repeat("batch", _usesBatch ? 1 : 0).Concat(_ambients.Select(ambient => ambient.Name)).Concat(_values.Select(argument));
        writer.Call($"{(ReturnsLoss ? "return " : "")}{Method}", [.. arguments]);
    }
}
