using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Emit;

/// <content>What is computed from parameters once, for networks whose parameters are fixed.</content>
internal sealed partial class ProgramEmitter
{
    private void EmitFold(CompiledFold fold)
    {
        var names = new Names(fold.Graph, _objects);
        int workspace = fold.Memory.ArenaSize.Constant;
        Heading("Freezing", "What depends on parameters and state only, computed once for a network whose parameters are fixed");
        _writer.Open("internal static void Fold(ReadOnlySpan<float> parameters, ReadOnlySpan<float> state, Span<float> frozen)");
        if (workspace > 0)
        {
            _writer.Line($"Span<float> workspace = new float[{workspace}];");
        }
        var declared = new HashSet<Node>();
        foreach (Node node in fold.Schedule.All.Where(node => node.Op is not Sink))
        {
            foreach (Node value in node.Operands.Select(operand => operand.Origin).Append(node).Where(declared.Add))
            {
                Location location = fold.Memory.Locations[value];
                string type = value.Op is Source ? "ReadOnlySpan<float>" : "Span<float>";
                _writer.Line($"{type} {names[value]} = {BufferOf(location)}.Slice({location.Offset}, {location.Size});   // {value.Shape}");
            }
            _writer.Line($"// {node.Op.Formula(node, names)}");
            _writer.Line(node.Op.Emit(node, names));
            _writer.Line();
        }
        foreach ((Node first, Node last) in Runs(fold))
        {
            (Location from, Location to, Location end) = (fold.Memory.Locations[first.Operands[0]], fold.Memory.Locations[first], fold.Memory.Locations[last]);
            int floats = end.Offset.Constant + end.Size.Constant - to.Offset.Constant;
            string tensors = first == last ? TensorOf(first) : $"{TensorOf(first)} to {TensorOf(last)}";
            _writer.Line($"{BufferOf(from)}.Slice({from.Offset}, {floats}).CopyTo(frozen.Slice({to.Offset}));   // {tensors}, as {(first == last ? "it is" : "they are")}");
        }
        _writer.Close();
        _writer.Line();
    }

    /// <summary>Tensors that are copied, those that follow each other on both sides together.</summary>
    private static IEnumerable<(Node First, Node Last)> Runs(CompiledFold fold)
    {
        (Node First, Node Last)? run = null;
        foreach (Node sink in fold.Memory.Copies)
        {
            if (run is { } open && Distance(open.Last) == Distance(sink) && Follows(open.Last, sink))
            {
                run = (open.First, sink);
                continue;
            }
            if (run is { } done)
            {
                yield return done;
            }
            run = (sink, sink);
        }
        if (run is { } last)
        {
            yield return last;
        }

        (Region, int) Distance(Node sink)
        {
            Location from = fold.Memory.Locations[sink.Operands[0]];
            return (from.Region, fold.Memory.Locations[sink].Offset.Constant - from.Offset.Constant);
        }

        bool Follows(Node earlier, Node later)
        {
            Location before = fold.Memory.Locations[earlier];
            int end = before.Offset.Constant + before.Size.Constant;
            return fold.Memory.Locations[later].Offset.Constant == (end + Lowering.TensorSpec.Alignment - 1) / Lowering.TensorSpec.Alignment * Lowering.TensorSpec.Alignment;
        }
    }

    private static string BufferOf(Location location) => location.Region switch
    {
        Region.Parameters => "parameters",
        Region.State => "state",
        Region.Frozen => "frozen",
        _ => "workspace",
    };

    private static string TensorOf(Node sink) => ((StoreFrozen)sink.Op).Tensor;
}
