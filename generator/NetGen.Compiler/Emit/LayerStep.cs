using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Emit;

/// <summary>Consecutive nodes of one layer that share their work in one way: one method of the generated file, and the call to it.</summary>
internal class LayerStep
{
    private readonly IReadOnlyList<Node> _nodes;
    private readonly CompiledProgram _program;
    private readonly Names _names;
    private readonly Node[] _values;
    private readonly Ambient[] _ambients;
    private readonly HashSet<string> _written;

    protected LayerStep(IReadOnlyList<Node> nodes, CompiledProgram program, Names names)
    {
        _nodes = nodes;
        _program = program;
        _names = names;
        Layer = nodes[0].Layer;
        BySample = IsBySample(nodes[0]);
        WaitsBefore = nodes.Any(program.Barriers.Contains);
        UsesBatch = nodes.Any(node => node.Op.UsesBatch(node));
        _ambients = [.. nodes.SelectMany(node => node.Op.Ambients).Distinct()];
        _written = [.. nodes.SelectMany(node => node.Results.Prepend(node).Concat(node.Op.ModifiedOperands.Select(index => node.Operands[index]))).Select(value => names[value])];

        // What is read, then the parameters, then what is written.
        var seen = new HashSet<string>();
        _values = [.. nodes.SelectMany(node => node.Operands.Append(node).Concat(node.Results))
            .Where(value => program.Plan.Locations[value].Region is not (Region.Result or Region.Registers) && seen.Add(names[value]))
            .OrderBy(value => _written.Contains(names[value]) ? 2 : value.Op is Parameter or State ? 1 : 0)];
    }

    public Layer Layer { get; protected init; }

    /// <summary>What it computes, in order.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>What the method is called after.</summary>
    public virtual string Title => Names.Pascal(Layer.Path);

    /// <summary>Whether each worker computes its own samples; otherwise the method divides its work, or the first worker does it.</summary>
    public bool BySample { get; }

    /// <summary>Whether the method gets the number of samples.</summary>
    public bool UsesBatch { get; }

    /// <summary>Whether the workers wait for each other before it.</summary>
    public bool WaitsBefore { get; }

    /// <summary>The method's name, given by <see cref="LayerMethods"/>.</summary>
    public string Method { get; set; } = "";

    /// <summary>The method that it calls, which may be another step's.</summary>
    public string Code { get; set; } = "";

    /// <summary>The values that the method gets, in order.</summary>
    public virtual IReadOnlyList<Node> Values => _values;

    /// <summary>Run-time arguments beyond the values.</summary>
    public IReadOnlyList<Ambient> Ambients => _ambients;

    public bool IsLoss => _nodes.Any(node => node.Op is LossOp);

    /// <summary>Splits a part of a schedule into steps.</summary>
    public static List<LayerStep> Of(IReadOnlyList<Node> nodes, CompiledProgram program, Names names)
    {
        var steps = new List<LayerStep>();
        var group = new List<Node>();
        foreach (Node node in nodes.Where(node => node.Op is not Sink || program.Plan.Copies.Contains(node)))
        {
            if (group.Count > 0 && (group[0].Layer != node.Layer || IsBySample(group[0]) != IsBySample(node) || program.Barriers.Contains(node)))
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

    /// <summary>The method but for its name, and with numbers for the names of what it gets: steps with equal patterns are one method.</summary>
    public string Pattern()
    {
        Dictionary<string, int> numbers = _values.Select((value, index) => (Name: _names[value], index)).ToDictionary(pair => pair.Name, pair => pair.index);
        string text = Text("");
        var pattern = new StringBuilder(text.Length);
        for (int end, start = 0; start < text.Length; start = end)
        {
            for (end = start; end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'); end++)
            {
            }
            string word = text.Substring(start, end - start);
            pattern.Append(numbers.TryGetValue(word, out int number) ? $"${number}" : word);
            if (end < text.Length)
            {
                pattern.Append(text[end++]);
            }
        }
        return pattern.ToString();
    }

    /// <summary>The method.</summary>
    public virtual string Text(string method)
    {
        var writer = new SourceWriter();
        var parameters = new List<string>();
        if (!BySample)
        {
            parameters.Add("Worker worker");
        }
        if (UsesBatch)
        {
            parameters.Add("int batch");
        }
        parameters.AddRange(_ambients.Select(ambient => $"{ambient.Type} {ambient.Name}"));
        parameters.AddRange(_values.Select(value => $"{TypeOf(value)} {_names[value]}"));
        writer.OpenMethod($"{(IsLoss ? "internal" : "private")} static void {method}", parameters);
        bool isFirstOnly = false;
        foreach (Node node in _nodes)
        {
            // What is not divided is the first worker's.
            bool isUndivided = node.Op.SplitOf(node) == WorkSplit.None;
            if (isUndivided != isFirstOnly)
            {
                if (isUndivided)
                {
                    writer.Open("if (worker.IsFirst)");
                }
                else
                {
                    writer.Close();
                }
                isFirstOnly = isUndivided;
            }
            writer.Line($"// {node.Op.Formula(node, _names)}");
            writer.Line(node.Op.Emit(node, _names));
            if (isUndivided && IsGradient(node))
            {
                writer.Line($"{_names[node]}.Update();");
            }
        }
        if (isFirstOnly)
        {
            writer.Close();
        }
        writer.Close();
        return writer.ToString();
    }

    /// <summary>Writes the call.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="batch">Prints the number of samples.</param>
    /// <param name="ambient">Prints a run-time argument.</param>
    /// <param name="argument">Prints where a value lies.</param>
    public virtual void WriteCall(SourceWriter writer, string batch, Func<Ambient, string> ambient, Func<Node, string> argument)
    {
        var arguments = new List<string>();
        if (!BySample)
        {
            arguments.Add("worker");
        }
        if (UsesBatch)
        {
            arguments.Add(batch);
        }
        writer.Call(Method, [.. arguments, .. _ambients.Select(ambient), .. _values.Select(argument)]);
    }

    /// <summary>Opens the struct that straight-line code stands in: a number of samples, and spans that its methods find in fields.</summary>
    protected static void OpenKernel(SourceWriter writer, string name, IReadOnlyList<(string Type, string Name)> spans)
    {
        writer.OpenMethod($"private readonly ref struct {name}", ["int batch", .. spans.Select(span => $"{span.Type} {span.Name}")], " : ISimdKernel");
        foreach ((string type, string span) in spans)
        {
            writer.Line($"private readonly {type} _{span} = {span};");
        }
        writer.Line();
    }

    private static bool IsBySample(Node node) => node.Op.SplitOf(node) == WorkSplit.Samples;

    private bool IsGradient(Node node) => _program.Plan.Locations[node].Region == Region.Gradients;

    private string TypeOf(Node value) => !_written.Contains(_names[value]) ? "ReadOnlySpan<float>" : IsGradient(value) ? "ParameterGradient" : "Span<float>";
}
