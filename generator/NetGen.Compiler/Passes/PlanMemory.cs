using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Passes;

/// <summary>
/// Gives every value a place. A value that is stored is computed where it is stored; an alias and an op that may work in place take over their operand's
/// buffer; the other buffers share one arena, each at the lowest offset that is free for as long as it lives. Buffers that
/// grow with the batch and those that do not lie in two parts, so that every offset is <c>a B + c</c>.
/// </summary>
public static class PlanMemory
{
    /// <summary>Plans a program.</summary>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="schedule">Its order.</param>
    /// <param name="tensors">Offsets of parameters and state, by name.</param>
    /// <param name="keepsInputs">Whether inputs, targets and weights are copied into the arena, because a later call needs them (training).</param>
    /// <param name="unrolling">What is computed one sample after the other; null for nothing.</param>
    public static MemoryPlan Run(
        Graph graph, Schedule schedule, IReadOnlyDictionary<string, TensorSpec> tensors, bool keepsInputs, Unrolling? unrolling = null)
    {
        Node[] order = [.. schedule.All];
        Dictionary<Node, int> times = order.Select((node, index) => (node, index)).ToDictionary(pair => pair.node, pair => pair.index);
        unrolling ??= Unrolling.None;

        // A segment computes all of its values for the first sample before any for the second: it reads and writes all of them at once.
        var begins = new Dictionary<Node, int>(times);
        var ends = new Dictionary<Node, int>(times);
        foreach (Segment segment in unrolling.Segments)
        {
            foreach (Node node in segment.Nodes)
            {
                (begins[node], ends[node]) = (times[segment.Nodes[0]], times[segment.Nodes[segment.Nodes.Count - 1]]);
            }
        }
        var unrolled = new HashSet<Node>(unrolling.Segments.SelectMany(segment => segment.Nodes));
        var fixedPlaces = new Dictionary<Node, Location>();
        var owners = new Dictionary<Node, Node>();
        var lastUses = new Dictionary<Node, int>();

        foreach (Node node in graph.Nodes)
        {
            owners[node] = node.Op.IsAlias ? OwnerOf(node.Operands[0]) : node;
            if (PlaceOf(node) is { } place)
            {
                fixedPlaces[node] = place;
            }
        }
        foreach (Node node in order)
        {
            foreach (Node operand in node.Operands)
            {
                Node owner = OwnerOf(operand);
                lastUses[owner] = System.Math.Max(ends[node], lastUses.TryGetValue(owner, out int earlier) ? earlier : 0);
            }
        }

        foreach (Node node in unrolling.Segments.SelectMany(segment => segment.Registers))
        {
            fixedPlaces[node] = new(Region.Registers, default, node.Shape.Size);
        }

        // A stored value is computed where it is stored, unless it is a source, or something else reads it too: a training step may never write the gradient itself.
        ILookup<Node, Node> readers = order.SelectMany(node => node.Operands.Select(OwnerOf).Distinct(), (node, owner) => (node, owner))
            .ToLookup(pair => pair.owner, pair => pair.node);
        var copies = new List<Node>();
        foreach (Node sink in order.Where(node => node.Op is Output or StoreGradient or StoreFrozen))
        {
            Node owner = OwnerOf(sink.Operands[0]);
            if (fixedPlaces.ContainsKey(owner) || owner.Op is Source || (sink.Op is StoreGradient && readers[owner].Count() > 1))
            {
                copies.Add(sink);
            }
            else
            {
                fixedPlaces[owner] = fixedPlaces[sink];
            }
        }

        foreach (Node node in order.Where(node => node.Op is not Sink))
        {
            Reuse(node, node, node.Op.InPlaceOperands);
            foreach (Node result in node.Results)
            {
                Reuse(result, node, ((Result)result.Op).InPlaceOf is { } operand ? [operand] : []);
            }
        }

        List<Buffer> buffers = [.. graph.Nodes
            .Where(node => OwnerOf(node) == node && !fixedPlaces.ContainsKey(node) && node.Op is not Sink)
            .Select(node => new Buffer(
                node, begins.TryGetValue(node.Op is Result ? node.Operands[0] : node, out int time) ? time : -1, lastUses.TryGetValue(node, out int last) ? last : order.Length))];
        int constantPart = Place([.. buffers.Where(buffer => !buffer.Owner.Shape.Batched)]);
        int batchedPart = Place([.. buffers.Where(buffer => buffer.Owner.Shape.Batched)]);

        foreach (Buffer buffer in buffers)
        {
            Size offset = buffer.Owner.Shape.Batched ? new(buffer.Offset, constantPart) : new(0, buffer.Offset);
            fixedPlaces[buffer.Owner] = new(Region.Arena, offset, buffer.Owner.Shape.Size);
        }
        var locations = graph.Nodes.ToDictionary(node => node, node => fixedPlaces[node.Op is Sink ? node : OwnerOf(node)] with { Size = node.Shape.Size });
        Node[] inArena = [.. graph.Nodes.Where(node => !node.Op.IsAlias && locations[node].Region == Region.Arena)];
        ILookup<Node, Node> tenants = inArena.ToLookup(OwnerOf);
        IEnumerable<ArenaSlot> slots = buffers.Select(buffer => new ArenaSlot([.. tenants[buffer.Owner]], fixedPlaces[buffer.Owner].Offset, buffer.Length, buffer.First, buffer.Last));
        return new(locations, new(batchedPart, constantPart), Unshared(inArena), copies, [.. slots]);

        Location? PlaceOf(Node node) => node.Op switch
        {
            Input when !keepsInputs => new(Region.Input, default, node.Shape.Size),
            Parameter parameter => new(Region.Parameters, new(0, tensors[parameter.Name].Offset), node.Shape.Size),
            State state => new(Region.State, new(0, tensors[state.Name].Offset), node.Shape.Size),
            CarriedStates carried => new(Region.Carried, new(carried.Offset, 0), node.Shape.Size),
            StreamMemory memory => new(Region.Stream, new(0, memory.Offset), node.Shape.Size),
            UpdateRunning => fixedPlaces[node.Operands[0]],
            StoreGradient store => new(Region.Gradients, new(0, tensors[store.Parameter].Offset), node.Shape.Size),
            StoreFrozen store => new(Region.Frozen, new(0, store.Offset), node.Shape.Size),
            Output => new(Region.Output, default, node.Shape.Size),
            Loss => new(Region.Result, default, default),
            _ => null,
        };

        // Lets what a node writes take over the memory of an operand that nothing reads after it.
        void Reuse(Node written, Node node, IReadOnlyList<int> candidates)
        {
            if (fixedPlaces.ContainsKey(written) || unrolled.Contains(node))
            {
                return;
            }
            Node? reused = candidates.Select(index => OwnerOf(node.Operands[index]))
                .FirstOrDefault(owner => !fixedPlaces.ContainsKey(owner) && lastUses[owner] == times[node] && (written == node || owners[node] != owner)
                    && owner.Shape.Size == written.Shape.Size
                    && node.Operands.Count(operand => OwnerOf(operand) == owner) == 1);
            if (reused is not null)
            {
                owners[written] = reused;
                lastUses[reused] = lastUses.TryGetValue(written, out int last) ? last : times[node];
            }
        }

        // Follows owners of owners, and shortens the way for the next call.
        Node OwnerOf(Node node)
        {
            Node owner = owners[node];
            return owner == node ? owner : owners[node] = OwnerOf(owner);
        }
    }

    /// <summary>
    /// Places buffers and returns the size of their part. Which order is best depends on the network: the largest first suits one whose sizes differ, the order of time
    /// a chain, where each value gives its place to the one after the next; so each is tried, and the smallest part is taken.
    /// </summary>
    private static int Place(List<Buffer> buffers)
    {
        Buffer[][] orders =
        [
            [.. buffers.OrderByDescending(buffer => buffer.Length).ThenBy(buffer => buffer.Owner.Id)],
            [.. buffers.OrderBy(buffer => buffer.First).ThenByDescending(buffer => buffer.Length).ThenBy(buffer => buffer.Owner.Id)],
            [.. buffers.OrderByDescending(buffer => buffer.Last).ThenByDescending(buffer => buffer.Length).ThenBy(buffer => buffer.Owner.Id)],
        ];
        return PlaceInOrder(orders.OrderBy(PlaceInOrder).First());
    }

    private static int PlaceInOrder(Buffer[] order)
    {
        int end = 0;
        var placed = new List<Buffer>();   // by offset
        foreach (Buffer buffer in order)
        {
            int offset = 0;
            foreach (Buffer other in placed)
            {
                if (!buffer.LivesBeside(other))
                {
                    continue;
                }
                if (offset + buffer.Length <= other.Offset)
                {
                    break;
                }
                offset = System.Math.Max(offset, other.Offset + other.Length);
            }
            buffer.Offset = offset;
            int place = placed.BinarySearch(buffer, Buffer.ByOffset);
            placed.Insert(place < 0 ? ~place : place, buffer);
            end = System.Math.Max(end, offset + buffer.Length);
        }
        return end;
    }

    private static Size Unshared(IEnumerable<Node> values)
    {
        ILookup<bool, int> lengths = values.ToLookup(value => value.Shape.Batched, value => Aligned(value.Shape));
        return new(lengths[true].Sum(), lengths[false].Sum());
    }

    /// <summary>Floats rounded up to a cache line, so that every buffer is aligned whatever the batch.</summary>
    private static int Aligned(Shape shape) => checked((int)((shape.Count + TensorSpec.Alignment - 1) / TensorSpec.Alignment * TensorSpec.Alignment));

    /// <summary>A stretch of the arena.</summary>
    private sealed class Buffer(Node owner, int first, int last)
    {
        public static IComparer<Buffer> ByOffset { get; } = Comparer<Buffer>.Create(static (a, b) => a.Offset.CompareTo(b.Offset));

        public Node Owner { get; } = owner;

        public int Length { get; } = Aligned(owner.Shape);

        public int Offset { get; set; }

        /// <summary>When it is written, -1 for before the first op.</summary>
        public int First { get; } = first;

        /// <summary>When it is read for the last time.</summary>
        public int Last { get; } = last;

        public bool LivesBeside(Buffer other) => First <= other.Last && other.First <= Last;
    }
}
