using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Emit;

/// <summary>The C# names of a program's values: the user's names in camel case, made unique.</summary>
internal sealed class Names : INames
{
    private static readonly string[] Reserved =
    [
        "batch", "pass", "worker", "samples", "firstSample", "allSamples", "lengths", "position", "stream", "parameters", "state",
        "gradients", "frozen", "arena", "workspace", "output", "seed", "step", "targetsAreClasses",
        "default", "new", "out", "in", "rows", "inner", "columns", "width", "length",
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "delegate", "do", "double", "else", "enum", "event",
        "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto", "if", "implicit", "int", "interface", "internal", "is", "lock", "long", "namespace", "null",
        "object", "operator", "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string",
        "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
    ];

    private readonly Dictionary<Node, string> _names = [];
    private readonly SharedObjects _objects;

    public Names(Graph graph, SharedObjects objects)
    {
        _objects = objects;
        var taken = new HashSet<string>(Reserved);
        Dictionary<Node, string> given = GivenToAliases(graph);
        foreach (Node node in graph.Nodes)
        {
            // What it updates, it is.
            if (node.Op.IsAlias || node.Op is Ops.UpdateRunning)
            {
                _names[node] = _names[node.Operands[0]];
                continue;
            }
            if (node.Op is Ops.Output)
            {
                _names[node] = "output";
                continue;
            }
            _names[node] = taken.Take(Camel(given.TryGetValue(node, out string? better) ? better : node.Name));
        }
    }

    public string this[Node node] => _names[node];

    /// <summary>Names that something was given under another shape, where it is called after its op: <c>globalavgpool1</c> instead of <c>globalavgpool1.AveragePool</c>.</summary>
    private static Dictionary<Node, string> GivenToAliases(Graph graph)
    {
        var given = new Dictionary<Node, string>();
        foreach (Node alias in graph.Nodes.Where(node => node.Op.IsAlias && !IsCalledAfterOp(node)))
        {
            Node value = alias;
            while (value.Op.IsAlias)
            {
                value = value.Operands[0];
            }
            if (value.Layer == alias.Layer && IsCalledAfterOp(value) && !given.ContainsKey(value))
            {
                given[value] = alias.Name;
            }
        }
        return given;

        static bool IsCalledAfterOp(Node node) => node.Name == $"{node.Layer.Path}.{node.Op.Mnemonic}";
    }

    public string Result(Node node, int index)
    {
        Node? result = node.Results.FirstOrDefault(result => ((Ops.Result)result.Op).Index == index);
        return result is null ? "default" : _names[result];
    }

    public string SharedObject(Node node, int index = 0) => _objects[node, index];

    /// <summary><c>res1.dense2.weight</c> becomes <c>res1Dense2Weight</c>.</summary>
    public static string Camel(string path)
    {
        string pascal = Pascal(path);
        return char.ToLowerInvariant(pascal[0]) + pascal.Substring(1);
    }

    /// <summary><c>res1.dense2</c> becomes <c>Res1Dense2</c>; a part that is a number is set off by an underscore.</summary>
    public static string Pascal(string path) =>
        string.Concat(path.Split('.').Where(part => part.Length > 0).Select(part => char.IsDigit(part[0]) ? $"_{part}_" : char.ToUpperInvariant(part[0]) + part.Substring(1)));
}
