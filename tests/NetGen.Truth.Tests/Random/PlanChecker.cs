using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;

namespace NetGen.Truth;

/// <summary>
/// Checks a memory plan by playing the schedule through: every float of every region remembers whose value it holds. What an op reads must still be
/// there, and what is stored must be there at the end. That two values never share memory while both live follows.
/// </summary>
internal sealed class PlanChecker
{
    private readonly Graph _graph;
    private readonly MemoryPlan _plan;
    private readonly int _batch;
    private readonly Dictionary<(Region Region, int Index), Node> _holders = [];

    private PlanChecker(Graph graph, MemoryPlan plan, int batch) => (_graph, _plan, _batch) = (graph, plan, batch);

    /// <summary>Fails unless the plan is safe for this batch, aligned, and no larger than a plan that shares nothing.</summary>
    public static void Check(Graph graph, Schedule schedule, MemoryPlan plan, int batch)
    {
        new PlanChecker(graph, plan, batch).Play(schedule);

        foreach (Location location in plan.Locations.Values.Where(location => location.Region == Region.Arena))
        {
            Assert.True(location.Offset.PerSample % 16 == 0 && location.Offset.Constant % 16 == 0, $"offset {location.Offset} is not a multiple of 16");
            Assert.True(
                At(location.Offset, batch) + At(location.Size, batch) <= At(plan.ArenaSize, batch),
                $"{location} ends outside of the arena of {plan.ArenaSize}");
        }
        int rounding = 15 * graph.Nodes.Count;
        Assert.True(
            plan.ArenaSize.PerSample <= plan.Unshared.PerSample + rounding && plan.ArenaSize.Constant <= plan.Unshared.Constant + rounding,
            $"the arena takes {plan.ArenaSize}, more than {plan.Unshared} without sharing");
    }

    private static int At(Size size, int batch) => (size.PerSample * batch) + size.Constant;

    private void Play(Schedule schedule)
    {
        foreach (Node source in _graph.Nodes.Where(node => node.Op is Source))
        {
            Write(source);
        }
        foreach (Node node in schedule.All)
        {
            for (int operand = 0; operand < node.Operands.Count; operand++)
            {
                Read(node, node.Operands[operand]);
                CheckOverlap(node, operand);
            }
            if (node.Op is Sink && !_plan.Copies.Contains(node))
            {
                Assert.Equal(_plan.Locations[node], _plan.Locations[node.Operands[0]]);
            }
            else
            {
                Write(node);
            }
        }
        foreach (Node sink in _graph.Nodes.Where(node => node.Op is Output or StoreGradient))
        {
            Read(sink, _plan.Copies.Contains(sink) ? sink : sink.Operands[0]);
        }
    }

    private void Write(Node node)
    {
        foreach ((Region, int) place in Places(node))
        {
            _holders[place] = node;
        }
    }

    private void Read(Node reader, Node value)
    {
        Node origin = value;
        while (origin.Op.IsAlias)
        {
            origin = origin.Operands[0];
        }
        foreach ((Region Region, int Index) place in Places(value))
        {
            Node? holder = _holders.GetValueOrDefault(place);
            Assert.True(
                holder == origin,
                $"{reader} ({reader.Name}) reads {origin} ({origin.Name}) from {place}, where {holder?.ToString() ?? "nothing"} ({holder?.Name}) lies");
        }
    }

    /// <summary>A result may lie where an operand lies only as a whole, and only where the op may work in place.</summary>
    private void CheckOverlap(Node node, int operand)
    {
        (Location result, Location read) = (_plan.Locations[node], _plan.Locations[node.Operands[operand]]);
        if (node.Op is Sink || result.Region != read.Region || !Places(node).Intersect(Places(node.Operands[operand])).Any())
        {
            return;
        }
        Assert.True(node.Op.InPlaceOperands.Contains(operand) && result.Offset == read.Offset, $"{node} ({node.Name}) overwrites operand {operand} while it reads it");
    }

    private IEnumerable<(Region Region, int Index)> Places(Node node)
    {
        Location location = _plan.Locations[node];
        int start = At(location.Offset, _batch);
        return location.Region == Region.Result ? [] : Enumerable.Range(start, At(location.Size, _batch)).Select(index => (location.Region, index));
    }
}
