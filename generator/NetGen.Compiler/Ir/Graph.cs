using System.Collections.Generic;
using System.Linq;

namespace NetGen.Compiler.Ir;

/// <summary>A directed acyclic graph of nodes in topological order.</summary>
public sealed class Graph(IReadOnlyList<Node> nodes)
{
    /// <summary>All nodes; operands stand before their users.</summary>
    public IReadOnlyList<Node> Nodes { get; } = nodes;

    /// <summary>The nodes with an effect: outputs, the loss, stored gradients, updated statistics. What they do not reach is dead.</summary>
    public IEnumerable<Node> Roots => Nodes.Where(node => node.Op.HasEffect);

    /// <summary>The nodes that the given ones depend on, themselves included.</summary>
    public HashSet<Node> Reach(IEnumerable<Node> roots)
    {
        var reached = new HashSet<Node>(roots);
        for (int i = Nodes.Count - 1; i >= 0; i--)
        {
            if (reached.Contains(Nodes[i]))
            {
                IReadOnlyList<Node> operands = Nodes[i].Operands;
                for (int operand = 0; operand < operands.Count; operand++)
                {
                    reached.Add(operands[operand]);
                }
            }
        }
        return reached;
    }

    /// <summary>How many operands each node stands for.</summary>
    public Dictionary<Node, int> CountUses()
    {
        var uses = Nodes.ToDictionary(node => node, _ => 0);
        foreach (Node operand in Nodes.SelectMany(node => node.Operands))
        {
            uses[operand]++;
        }
        return uses;
    }
}
