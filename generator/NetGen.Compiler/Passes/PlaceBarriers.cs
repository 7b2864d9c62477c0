using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Passes;

/// <summary>
/// Finds where the workers of a training step must wait for each other: before a node that reads or writes memory that another worker may still be writing or
/// reading. Workers that compute their own samples of equal values never meet; all else that touches the same memory does.
/// </summary>
public static class PlaceBarriers
{
    /// <summary>The nodes that a barrier stands before.</summary>
    public static HashSet<Node> Run(Schedule schedule, MemoryPlan plan)
    {
        var barriers = new HashSet<Node>();
        (Node Node, Access[] Accesses)[] order = [.. schedule.All.Where(node => node.Op is not Sink || plan.Copies.Contains(node))
            .Select(node => (node, AccessesOf(node, plan).ToArray()))];
        Dictionary<Location, int> stretches = StretchesOf(order.SelectMany(pair => pair.Accesses).Select(access => access.Location));
        var before = new Dictionary<int, HashSet<Access>>();   // by stretch, since the last barrier, without those of the group
        var group = new List<Access>();
        Node? first = null;
        foreach ((Node node, Access[] accesses) in order)
        {
            if (first is null || node.Layer != first.Layer || node.Op.SplitOf(node) != first.Op.SplitOf(first))
            {
                foreach (Access access in group)
                {
                    if (!before.TryGetValue(stretches[access.Location], out HashSet<Access>? others))
                    {
                        before[stretches[access.Location]] = others = [];
                    }
                    others.Add(access);
                }
                group.Clear();
                first = node;
            }
            if (accesses.Any(access => group.Any(access.Conflicts)))
            {
                before.Clear();
                group.Clear();
                first = node;
                barriers.Add(node);
            }
            else if (accesses.Any(ConflictsBefore))
            {
                // Before all of the layer's nodes of one kind, so that they stay together in one method.
                before.Clear();
                barriers.Add(first);
            }
            group.AddRange(accesses);
        }
        return barriers;

        bool ConflictsBefore(Access access) => before.TryGetValue(stretches[access.Location], out HashSet<Access>? others) && others.Any(access.Conflicts);
    }

    /// <summary>Numbers stretches of memory that have nothing in common, so that an access is compared with few others.</summary>
    private static Dictionary<Location, int> StretchesOf(IEnumerable<Location> locations)
    {
        var stretches = new Dictionary<Location, int>();
        int count = 0;
        foreach (IEnumerable<Location> part in locations.Distinct().GroupBy(location => (location.Region, location.Grows)))
        {
            int end = int.MinValue;
            foreach (Location location in part.OrderBy(location => location.Start))
            {
                count += location.Start >= end ? 1 : 0;
                end = System.Math.Max(end, location.End);
                stretches[location] = count;
            }
        }
        return stretches;
    }

    private static IEnumerable<Access> AccessesOf(Node node, MemoryPlan plan)
    {
        bool samples = node.Op.SplitOf(node) == WorkSplit.Samples;
        foreach (Node operand in node.Operands)
        {
            yield return new(plan.Locations[operand], Writes: false, samples && operand.Shape.Batched);
        }
        foreach (Node written in node.Results.Prepend(node))
        {
            Location result = plan.Locations[written];
            yield return new(result, Writes: true, samples && written.Shape.Batched);

            // In a training step the parameter of the same place changes with its gradient.
            if (result.Region == Region.Gradients)
            {
                yield return new(result with { Region = Region.Parameters }, Writes: true, BySample: false);
            }
        }
    }

    /// <summary>Memory that a node reads or writes.</summary>
    /// <param name="Location">Where.</param>
    /// <param name="Writes">Whether it writes.</param>
    /// <param name="BySample">Whether each worker touches the rows of its own samples only.</param>
    private sealed record Access(Location Location, bool Writes, bool BySample)
    {
        public bool Conflicts(Access other) =>
            (Writes || other.Writes) && Location.Overlaps(other.Location) && !(BySample && other.BySample && Location == other.Location);
    }
}
