using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;

namespace NetGen.Truth;

/// <summary>
/// Checks a memory plan, and the barriers of the workers that share it, by playing the schedule through: every float of every region remembers whose value it holds.
/// What an op reads must still be there, and what is stored must be there at the end. That two values never share memory while both live follows.
/// </summary>
internal sealed class PlanChecker
{
    private readonly Graph _graph;
    private readonly MemoryPlan _plan;
    private readonly int _batch;
    private readonly Dictionary<Region, Node?[]> _holders = [];

    private PlanChecker(Graph graph, MemoryPlan plan, int batch) => (_graph, _plan, _batch) = (graph, plan, batch);

    /// <summary>Fails unless the plan is safe for this batch, aligned, and no larger than a plan that shares nothing.</summary>
    public static void Check(Graph graph, Schedule schedule, MemoryPlan plan, Unrolling unrolling, int batch)
    {
        new PlanChecker(graph, plan, batch).Play(schedule, unrolling);
        new PlanChecker(graph, plan, batch).Race(schedule);

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

    private void Play(Schedule schedule, Unrolling unrolling)
    {
        foreach (Node source in _graph.Nodes.Where(node => node.Op is Source))
        {
            Write(source);
        }
        foreach (Node node in schedule.All)
        {
            if (unrolling.Of(node) is { } segment)
            {
                if (node == segment.Nodes[0])
                {
                    Play(segment);
                }
                continue;
            }
            for (int operand = 0; operand < node.Operands.Count; operand++)
            {
                Read(node, node.Operands[operand]);
                foreach (Node written in node.Results.Prepend(node))
                {
                    CheckOverlap(node, written, operand);
                }
            }
            if (node.Op is Sink && !_plan.Copies.Contains(node))
            {
                Assert.Equal(_plan.Locations[node], _plan.Locations[node.Operands[0]]);
            }
            else
            {
                foreach (Node written in node.Results.Prepend(node))
                {
                    Write(written);
                }
            }
        }
        foreach (Node sink in _graph.Nodes.Where(node => node.Op is Output or StoreGradient))
        {
            Read(sink, _plan.Copies.Contains(sink) ? sink : sink.Operands[0]);
        }
    }

    /// <summary>
    /// Plays two workers: what one writes, the other may not touch before the next barrier. Of a value that is computed sample by sample each worker touches
    /// the samples of its own; who computes which part of another value is not known here, so each may touch all of it.
    /// </summary>
    private void Race(Schedule schedule)
    {
        HashSet<Node> barriers = PlaceBarriers.Run(schedule, _plan);
        var read = new List<(Place Place, Node Node)>[] { [], [] };
        var written = new List<(Place Place, Node Node)>[] { [], [] };
        foreach (Node node in schedule.All.Where(node => node.Op is not Sink || _plan.Copies.Contains(node)))
        {
            if (barriers.Contains(node))
            {
                Array.ForEach(read, places => places.Clear());
                Array.ForEach(written, places => places.Clear());
            }
            bool bySample = node.Op.SplitOf(node) == WorkSplit.Samples;
            for (int worker = 0; worker < 2; worker++)
            {
                int other = 1 - worker;
                Place[] reads = [.. node.Operands.Select(operand => Touched(operand, bySample, worker))];
                Place[] writes = [.. node.Results.Prepend(node).Select(written => Touched(written, bySample, worker))];
                writes = [.. writes, .. writes.Where(write => write.Region == Region.Gradients).Select(write => write with { Region = Region.Parameters })];
                foreach (Place place in reads.Concat(writes))
                {
                    AssertFree(node, place, written[other]);
                }
                foreach (Place place in writes)
                {
                    AssertFree(node, place, read[other]);
                }
                read[worker].AddRange(reads.Select(place => (place, node)));
                written[worker].AddRange(writes.Select(place => (place, node)));
            }
        }

        static void AssertFree(Node node, Place place, List<(Place Place, Node Node)> touched)
        {
            foreach ((Place earlierPlace, Node earlier) in touched)
            {
                Assert.True(
                    earlier == node || !earlierPlace.Overlaps(place),
                    $"{node} ({node.Name}) touches {place} while another worker may still be at {earlier} ({earlier.Name}): a barrier is missing");
            }
        }
    }

    /// <summary>The half of the samples, or all of it where a node needs all samples.</summary>
    private Place Touched(Node value, bool bySample, int worker)
    {
        Place place = PlaceOf(value);
        if (!bySample || !value.Shape.Batched)
        {
            return place;
        }
        int middle = Math.Min(place.End, place.Start + (_batch / 2 * (int)value.Shape.Count));
        return worker == 0 ? place with { End = middle } : place with { Start = middle };
    }

    /// <summary>A segment reads and writes sample by sample, so that what it reads must stay until its last sample and nothing may be written over it.</summary>
    private void Play(Segment segment)
    {
        Node[] read = [.. segment.Nodes.SelectMany(node => node.Operands).Where(operand => !segment.Nodes.Contains(operand.Origin))];
        Assert.All(read, value => Read(segment.Nodes[0], value));
        Place[] written = [.. segment.Nodes.Select(PlaceOf)];
        Assert.All(written, (place, index) => Assert.DoesNotContain(read.Select(PlaceOf).Concat(written.Take(index)), place.Overlaps));
        Assert.All(segment.Nodes, Write);
    }

    private void Write(Node node)
    {
        Place place = PlaceOf(node);
        Holders(place).AsSpan(place.Start, place.Length).Fill(node);
    }

    private void Read(Node reader, Node value)
    {
        Node origin = value;
        while (origin.Op.IsAlias)
        {
            origin = origin.Operands[0];
        }
        Place place = PlaceOf(value);
        foreach (Node? holder in Holders(place).AsSpan(place.Start, place.Length))
        {
            Assert.True(
                holder == origin,
                $"{reader} ({reader.Name}) reads {origin} ({origin.Name}) from {place}, where {holder?.ToString() ?? "nothing"} ({holder?.Name}) lies");
        }
    }

    /// <summary>Whose value each float of a region holds.</summary>
    private Node?[] Holders(Place place)
    {
        Node?[] holders = _holders.GetValueOrDefault(place.Region) ?? [];
        if (holders.Length < place.End)
        {
            Array.Resize(ref holders, Math.Max(place.End, 2 * holders.Length));
            _holders[place.Region] = holders;
        }
        return holders;
    }

    /// <summary>A result may lie where an operand lies only as a whole, and only where the op may work in place.</summary>
    private void CheckOverlap(Node node, Node written, int operand)
    {
        (Location result, Location read) = (_plan.Locations[written], _plan.Locations[node.Operands[operand]]);
        if (node.Op is Sink || result.Region != read.Region || !PlaceOf(written).Overlaps(PlaceOf(node.Operands[operand])))
        {
            return;
        }
        bool may = written.Op is Result further ? further.InPlaceOf == operand : node.Op.InPlaceOperands.Contains(operand);
        Assert.True(may && result.Offset == read.Offset, $"{written} ({written.Name}) overwrites operand {operand} while it reads it");
    }

    private Place PlaceOf(Node node)
    {
        Location location = _plan.Locations[node];
        int start = At(location.Offset, _batch);
        return location.Region is Region.Result or Region.Registers ? new(location.Region, 0, 0) : new(location.Region, start, start + At(location.Size, _batch));
    }

    /// <summary>Floats of a region, the last one not included.</summary>
    private readonly record struct Place(Region Region, int Start, int End)
    {
        public int Length => End - Start;

        public bool Overlaps(Place other) => Region == other.Region && Start < other.End && other.Start < End && Length > 0 && other.Length > 0;
    }
}
