using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Emit;

/// <summary>The objects of the runtime that kernels need: one field each in the generated file, in the section of its layer.</summary>
internal sealed class SharedObjects
{
    private readonly Dictionary<(Layer Layer, SharedObject Value), string> _names = [];
    private readonly ILookup<Layer, string> _declarations;

    public SharedObjects(IEnumerable<Graph> programs)
    {
        var taken = new HashSet<string>();
        IEnumerable<Node> nodes = programs.SelectMany(program => program.Nodes);
        foreach ((Layer layer, SharedObject value) in nodes.SelectMany(node => node.Op.SharedObjectsOf(node).Select(value => (node.Layer, value))))
        {
            if (!_names.ContainsKey((layer, value)))
            {
                _names[(layer, value)] = taken.Take($"{Names.Pascal(layer.Path)}{value.Role}", separator: "");
            }
        }
        _declarations = _names.ToLookup(pair => pair.Key.Layer, pair => pair.Key.Value.Declare(pair.Value));
    }

    /// <summary>The field that holds an object of a node.</summary>
    public string this[Node node, int index] => _names[(node.Layer, node.Op.SharedObjectsOf(node)[index])];

    /// <summary>The fields of a layer.</summary>
    public IEnumerable<string> DeclarationsOf(Layer layer) => _declarations[layer];
}
