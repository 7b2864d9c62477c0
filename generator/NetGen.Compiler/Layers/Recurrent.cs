using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>A recurrence over time, or several on top of each other.</summary>
/// <param name="kind">The layer's kind.</param>
/// <param name="cellOf">What a step does.</param>
internal sealed class Recurrent(string kind, Func<LayerContext, Cell> cellOf) : LayerKind
{
    public override string Kind => kind;

    public override IReadOnlyList<string> Positional => ["units"];

    public override IReadOnlyList<string> TrainingOnly => ["dropout"];

    public override IReadOnlyList<ArgumentSpec> Defaults => [new("layers", new([1])), new("returnSequences", new([true])), new("activation", new(["Tanh"]))];

    /// <summary>The cell of <c>[SimpleRNN]</c>.</summary>
    public static Cell SimpleCell(LayerContext context)
    {
        string activation = context.Element.Text("activation") ?? "Tanh";
        context.Expect(activation is "Tanh" or "ReLU", "activation", "a member of RecurrentActivation", activation);
        return activation == "ReLU" ? Cell.ReLU : Cell.Tanh;
    }

    public override Node Lower(LayerContext context)
    {
        Sequence.Expect(context);
        Cell cell = cellOf(context);
        int units = context.Element.Int("units");
        context.Expect(units >= 1, "units", "of at least 1", units);
        int layers = context.Element.Has("layers") ? context.Element.Int("layers") : 1;
        context.Expect(layers is >= 1 and <= 1000, "layers", "of 1 to 1000", layers);
        float dropout = context.Element.Float("dropout", 0);
        context.Expect(dropout is >= 0 and < 1, "dropout", "of at least 0 and below 1", dropout);
        context.Expect(dropout == 0 || layers > 1, "dropout", "of 0 for one layer, as it drops between layers", dropout);
        context.ExpectFits(Shape.Batch(context.Input.Shape.Extents[0], cell.Gates, units).Count);

        Node value = context.Input;
        for (int layer = 0; layer < layers; layer++)
        {
            if (layer > 0 && dropout > 0)
            {
                value = context.Add(new Dropout(dropout, context.NextStream()), value);
            }
            value = LowerLayer(context, cell, units, layer, value);
        }
        if (context.Element.Flag("returnSequences", true))
        {
            return value;
        }
        return context.IsReverse
            ? context.Add(new Reshape(Shape.Batch(units)), context.Add(new Slice(0, 0, 1), value))
            : context.Add(new OverTime(OverTimeKind.Last, context.HasLengths), value);
    }

    private static Node LowerLayer(LayerContext context, Cell cell, int units, int layer, Node input)
    {
        // PyTorch's names and shapes: a gate's rows follow those of the gate before.
        (int inputs, int rows) = (input.Shape.Last, cell.Gates * units);
        string suffix = $"l{layer}{(context.IsReverse ? "_reverse" : "")}";
        var start = new Initialization(InitializationKind.Uniform, (float)(1 / Math.Sqrt(units)), $"1 / sqrt({units})");
        Node inputWeight = context.Parameter($"weight_ih_{suffix}", Shape.Of(rows, inputs), start, Shape.Of(inputs, rows), TensorLayout.Transposed(rows, inputs));
        Node stateWeight = context.Parameter($"weight_hh_{suffix}", Shape.Of(rows, units), start, Shape.Of(units, rows), TensorLayout.Transposed(rows, units));
        Node inputBias = context.Parameter($"bias_ih_{suffix}", Shape.Of(rows), start);
        Node stateBias = context.Parameter($"bias_hh_{suffix}", Shape.Of(rows), start);

        // One product over all steps.
        Node projection = context.Add(new Arithmetic(ArithmeticKind.Add, Axis: 1), context.Add(new MatMul(MatMulForm.Product), input, inputWeight), inputBias);
        Node? carried = context.Carry(cell.States * units);
        var scan = new Scan(cell, context.IsReverse, context.HasLengths, carried is not null);
        return carried is null ? context.Add(scan, projection, stateWeight, stateBias) : context.Add(scan, projection, stateWeight, stateBias, carried);
    }
}
