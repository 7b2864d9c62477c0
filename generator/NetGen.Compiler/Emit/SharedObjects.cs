using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Emit;

/// <summary>The objects of the runtime that kernels need: one field each in the generated file, in the section of its layer.</summary>
internal sealed class SharedObjects
{
    private readonly Dictionary<(Layer Layer, SharedObject Value), string> _names = [];

    public SharedObjects(IEnumerable<Graph> programs)
    {
        var taken = new HashSet<string>();
        foreach (Node node in programs.SelectMany(program => program.Nodes))
        {
            if (node.Op.SharedObject is not { } value || _names.ContainsKey((node.Layer, value)))
            {
                continue;
            }
            string wanted = $"{Names.Pascal(node.Layer.Path)}Geometry";
            string name = wanted;
            for (int suffix = 2; !taken.Add(name); suffix++)
            {
                name = $"{wanted}{suffix}";
            }
            _names[(node.Layer, value)] = name;
        }
    }

    /// <summary>The field that holds the object of a node.</summary>
    public string this[Node node] => _names[(node.Layer, node.Op.SharedObject!)];

    /// <summary>The fields of a layer.</summary>
    public IEnumerable<string> DeclarationsOf(Layer layer) =>
        _names.Where(pair => pair.Key.Layer == layer).Select(pair => $"private static readonly {pair.Key.Value.Type} {pair.Value} = new({pair.Key.Value.Arguments});");
}
