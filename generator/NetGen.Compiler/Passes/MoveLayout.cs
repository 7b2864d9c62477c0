using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Passes;

/// <summary>
/// Chooses how images lie in memory. Layers over images are lowered with their channels brought last before, and first again after; this pass moves each
/// permutation towards the output as far as it goes, past what does not care about order, until it meets its inverse and both vanish, or the product after a
/// flattened image, whose weight then has its rows in the order of memory. So images keep their channels last from the first convolution to the last layer.
/// </summary>
/// <remarks>It runs on the forward graph, before gradients are taken: prediction and training share one layout of the parameters.</remarks>
public static class MoveLayout
{
    public static LoweredNetwork Run(LoweredNetwork network) => new Mover(network).Run();

    /// <summary>A value of the graph before, as one of the graph after: <c>flattened(permuted(Value))</c>.</summary>
    /// <param name="Value">The value as it is computed.</param>
    /// <param name="Order">The permutation that is still to be done; null for none.</param>
    /// <param name="Flattening">What makes one axis of all after that; null for nothing.</param>
    private sealed record Moved(Node Value, EquatableArray<int>? Order = null, Node? Flattening = null)
    {
        public bool IsImage => Order is not null && Flattening is null;
    }

    private sealed class Mover(LoweredNetwork network)
    {
        private readonly GraphBuilder _builder = new();
        private readonly Dictionary<Node, Moved> _moved = [];
        private readonly Dictionary<Moved, Node> _restored = [];
        private readonly Dictionary<Node, int> _uses = network.Forward.CountUses();
        private readonly Dictionary<string, TensorLayout> _layouts = [];

        public LoweredNetwork Run()
        {
            foreach (Node node in network.Forward.Nodes)
            {
                _builder.Layer = node.Layer;
                _moved[node] = Move(node, [.. node.Operands.Select(operand => _moved[operand])]);
            }
            return network with
            {
                Forward = _builder.Build(),
                Layers = [.. network.Layers.Select(row => row with { Parameters = [.. row.Parameters.Select(Laid)] })],
                Parameters = [.. network.Parameters.Select(Laid)],
            };
        }

        private TensorSpec Laid(TensorSpec tensor) => _layouts.TryGetValue(tensor.Name, out TensorLayout? layout) ? tensor with { Layout = layout } : tensor;

        private Moved Move(Node node, IReadOnlyList<Moved> operands)
        {
            switch (node.Op)
            {
                case Permute permute when operands[0].Flattening is null:
                    Moved image = operands[0];
                    int[] order = [.. permute.Order.Select(axis => image.Order is { } before ? before[axis] : axis)];
                    if (node.Layer == image.Value.Layer)
                    {
                        _builder.NameLast(image.Value, node.Name);
                    }
                    return new(image.Value, order.SequenceEqual(Enumerable.Range(0, order.Length)) ? null : new EquatableArray<int>(order));
                case Reshape when operands[0].IsImage && node.Shape.Rank == 1:
                    return operands[0] with { Flattening = node };
                case Activate or Affine or Dropout when operands[0].Order is not null:
                    return operands[0] with { Value = _builder.Add(node.Op, [operands[0].Value], node.Name) };
                case Arithmetic { Axis: { } axis } arithmetic when operands[0].IsImage:
                    return operands[0] with { Value = _builder.Add(arithmetic with { Axis = operands[0].Order!.Value[axis] }, [operands[0].Value, Restore(operands[1])], node.Name) };
                case FillMissing fill when operands[0].IsImage:
                    return operands[0] with { Value = _builder.Add(new FillMissing(operands[0].Order!.Value[fill.Axis]), [operands[0].Value, Restore(operands[1])], node.Name) };
                case Arithmetic { Axis: null } or Concat when operands.FirstOrDefault(operand => operand.IsImage) is { Order: { } common }:
                    Op op = node.Op is Concat concat ? new Concat(common[concat.Axis]) : node.Op;
                    return new(_builder.Add(op, [.. operands.Select(operand => Arrange(operand, common))], node.Name), common);
                case Slice slice when operands[0].IsImage:
                    return operands[0] with { Value = _builder.Add(slice with { Axis = operands[0].Order!.Value[slice.Axis] }, [operands[0].Value], node.Name) };
                case Pad pad when operands[0].IsImage:
                    int[] places = Permute.Inverse(operands[0].Order!.Value);
                    Pad moved = pad with { Before = new(places.Select(axis => pad.Before[axis])), After = new(places.Select(axis => pad.After[axis])) };
                    return operands[0] with { Value = _builder.Add(moved, [operands[0].Value], node.Name) };
                case MatMul { Form: MatMulForm.Product } when operands[0] is { Flattening: not null, Order: { } rows } flat
                    && node.Operands[1].Op is Parameter weight && _uses[node.Operands[1]] == 1:
                    OrderRows(weight, rows, flat.Value.Shape);
                    Node flattened = Flatten(flat.Value, flat.Flattening);
                    return new(_builder.Add(node.Op, [flattened, .. operands.Skip(1).Select(Restore)], node.Name));
                case LossOp when operands[0].Order is not null:
                    // In the section of what gives it: the method of a loss gets nothing but predictions and targets, since Evaluate calls it too.
                    _builder.Layer = operands[0].Value.Layer;
                    Restore(operands[0]);
                    _builder.Layer = node.Layer;
                    goto default;
                default:
                    return new(_builder.Add(node.Op, [.. operands.Select(Restore)], node.Name));
            }
        }

        /// <summary>The value as the graph before had it.</summary>
        private Node Restore(Moved moved)
        {
            if (moved.Order is not { } order)
            {
                return moved.Value;
            }
            if (!_restored.TryGetValue(moved, out Node? restored))
            {
                restored = Permute.Add(_builder, moved.Value, order, $"{moved.Value.Name}.permuted");
                restored = moved.Flattening is { } flattening ? Flatten(restored, flattening) : restored;
                _restored[moved] = restored;
            }
            return restored;
        }

        private Node Flatten(Node image, Node flattening)
        {
            Layer layer = _builder.Layer;
            _builder.Layer = flattening.Layer;
            Node flat = _builder.Add(flattening.Op, [image], flattening.Name);
            _builder.Layer = layer;
            return flat;
        }

        /// <summary>The value whose permutation is the one of the images that it is combined with.</summary>
        private Node Arrange(Moved moved, EquatableArray<int> order) =>
            moved.Order is { } own && own.Equals(order) ? moved.Value : Restore(new(Restore(moved), new EquatableArray<int>(Permute.Inverse(order))));

        /// <summary>Stores a weight's rows in the order in which the image's elements lie.</summary>
        private void OrderRows(Parameter weight, EquatableArray<int> order, Shape image)
        {
            // Axis i of the image as the layer sees it is axis order[i] of the image in memory. The weight of a dense layer counts outputs first and has one axis
            // for all of the image; that of a convolution that sees the whole image has an axis for each already, and a layout of its own.
            TensorSpec tensor = network.Parameters.Single(tensor => tensor.Name == weight.Name);
            (EquatableArray<int> view, int[] rows) = tensor.LogicalShape.Rank == 2
                ? (new EquatableArray<int>(order.Select(axis => image.Extents[axis]).Prepend(weight.Shape.Last)), [.. Enumerable.Range(1, image.Rank)])
                : (tensor.Layout!.View, tensor.Layout.Order.Take(image.Rank).ToArray());
            _layouts[weight.Name] = new(view, new(Permute.Inverse(order).Select(axis => rows[axis]).Append(0)));
        }
    }
}
