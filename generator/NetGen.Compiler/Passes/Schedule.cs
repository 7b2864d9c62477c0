using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Passes;

/// <summary>The order in which nodes run, and where the forward pass ends.</summary>
/// <param name="Forward">What the output, or the loss, depends on, and running statistics.</param>
/// <param name="Backward">The rest: gradients. Empty for prediction.</param>
public sealed record Schedule(IReadOnlyList<Node> Forward, IReadOnlyList<Node> Backward)
{
    /// <summary>All nodes, forward before backward.</summary>
    public IEnumerable<Node> All => Forward.Concat(Backward);

    /// <summary>Schedules a graph, forward first. Only what runs is listed: not sources, aliases and further results.</summary>
    /// <remarks>
    /// Nodes keep the order of the graph, but for two things. A training step updates a parameter as soon as its gradient is known, so the gradient comes
    /// after everything else that reads the parameter. And within a layer, what is computed sample by sample comes before what sums over all samples, because
    /// each change from the one to the other makes threads wait for each other.
    /// </remarks>
    public static Schedule Of(Graph graph)
    {
        HashSet<Node> forward = graph.Reach(graph.Roots.Where(root => root.Op is Loss or Output or UpdateRunning or StoreFrozen));
        Node[] order = [.. Order(graph)];
        if (order.Length != graph.Nodes.Count)
        {
            throw new GraphException($"{graph.Nodes.Count - order.Length} nodes wait for each other: something that reads a parameter needs the parameter's gradient");
        }
        Node[] running = [.. order.Where(node => node.Op is not (Source or Loss or Result) && !node.Op.IsAlias)];
        return new([.. running.Where(forward.Contains)], [.. running.Where(node => !forward.Contains(node))]);
    }

    /// <summary>Of the nodes whose dependencies are done, always the first one of the graph, or one of its layer that works sample by sample.</summary>
    private static IEnumerable<Node> Order(Graph graph)
    {
        (Dictionary<Node, int> waitsFor, ILookup<Node, Node> dependents) = Dependencies(graph);
        Comparer<Node> byPlace = Comparer<Node>.Create((a, b) => a.Id - b.Id);
        var ready = new SortedSet<Node>(byPlace);
        var readyBySample = new Dictionary<Layer, SortedSet<Node>>();
        foreach (Node node in graph.Nodes.Where(node => waitsFor[node] == 0))
        {
            MakeReady(node);
        }
        while (ready.Count > 0)
        {
            Node next = ready.Min;
            if (!IsBySample(next) && next.Op is not Source && readyBySample.TryGetValue(next.Layer, out SortedSet<Node>? samples))
            {
                next = samples.Min ?? next;
            }
            ready.Remove(next);
            if (IsBySample(next))
            {
                readyBySample[next.Layer].Remove(next);
            }
            yield return next;
            foreach (Node dependent in dependents[next])
            {
                if (--waitsFor[dependent] == 0)
                {
                    MakeReady(dependent);
                }
            }
        }

        static bool IsBySample(Node node) => node.Op.SplitOf(node) == WorkSplit.Samples;

        void MakeReady(Node node)
        {
            ready.Add(node);
            if (!IsBySample(node))
            {
                return;
            }
            if (!readyBySample.TryGetValue(node.Layer, out SortedSet<Node>? samples))
            {
                readyBySample[node.Layer] = samples = new(byPlace);
            }
            samples.Add(node);
        }
    }

    private static (Dictionary<Node, int> WaitsFor, ILookup<Node, Node> Dependents) Dependencies(Graph graph)
    {
        var edges = new List<(Node First, Node Then)>();
        foreach (Node node in graph.Nodes)
        {
            edges.AddRange(node.Operands.Distinct().Select(operand => (operand, node)));
        }
        ILookup<string, Node> readers = graph.Nodes
            .SelectMany(node => node.Operands.Select(operand => (Root(operand).Op as Parameter)?.Name).OfType<string>().Distinct(), (node, name) => (node, name))
            .ToLookup(pair => pair.name, pair => pair.node);
        foreach (Node sink in graph.Nodes.Where(node => node.Op is StoreGradient))
        {
            Node gradient = Root(sink.Operands[0]);
            foreach (Node reader in readers[((StoreGradient)sink.Op).Parameter].Where(reader => reader != gradient && !reader.Op.IsAlias))
            {
                edges.Add((reader, gradient));
                edges.Add((reader, sink));
            }
        }
        Dictionary<Node, int> waitsFor = graph.Nodes.ToDictionary(node => node, _ => 0);
        foreach ((_, Node then) in edges)
        {
            waitsFor[then]++;
        }
        return (waitsFor, edges.ToLookup(edge => edge.First, edge => edge.Then));
    }

    private static Node Root(Node node) => node.Op.IsAlias ? Root(node.Operands[0]) : node;
}
