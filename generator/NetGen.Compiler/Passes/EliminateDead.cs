using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Passes;

/// <summary>Removes nodes that nothing with an effect depends on.</summary>
public static class EliminateDead
{
    public static Graph Run(Graph graph)
    {
        HashSet<Node> live = graph.Reach(graph.Roots);
        return GraphBuilder.Rewrite(new Graph([.. graph.Nodes.Where(live.Contains)]), static (_, _, _) => null);
    }
}
