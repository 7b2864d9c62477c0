using System;
using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>Multi-head attention, of a sequence to itself or to another one.</summary>
internal sealed class AttentionLayer(bool toAnother) : LayerKind
{
    private const float DefaultBase = 10000;

    public override string Kind => toAnother ? "CrossAttention" : "SelfAttention";

    public override IReadOnlyList<string> Positional => toAnother ? ["source", "heads"] : ["heads"];

    public override IReadOnlyList<string> TrainingOnly => ["dropout"];

    public override IReadOnlyList<ArgumentSpec> Defaults =>
        [new("bias", new([true])), new("causal", new([false])), new("window", new([0])), new("rotary", new([false])), new("rotaryBase", new([DefaultBase]))];

    public override Node Lower(LayerContext context)
    {
        Sequence.Expect(context);
        Shape input = context.Input.Shape;
        int heads = context.Element.Int("heads");
        context.Expect(heads >= 1 && input.Last % heads == 0, "heads", $"that divide the {input.Last} features", heads);
        int window = context.Element.Has("window") ? context.Element.Int("window") : 0;
        context.Expect(window >= 0, "window", "of at least 0", window);
        bool causal = context.Element.Flag("causal", false);
        context.Expect(window == 0 || causal, "window", "of 0 where Causal is off, as it counts the steps before", window);
        float rate = context.Element.Float("dropout", 0);
        context.Expect(rate is >= 0 and < 1, "dropout", "of at least 0 and below 1", rate);
        int stream = context.NextStream();
        context.ExpectFits(3 * input.Count);

        Node[] operands = toAnother ? Separate(context, input) : [SideBySide(context, input, heads)];
        Node keys = operands[operands.Length - 1];
        // The scores of a block of 32 queries, and their gradients, with the queries themselves: what a kernel computes in.
        context.ExpectFits(((2L * keys.Shape.Extents[0]) + (input.Last / heads) + 1) * 32);
        var shape = new AttentionShape(input.Extents[0], keys.Shape.Extents[0], heads, input.Last / heads, causal, window, IsSelf: !toAnother);
        var attend = new Attend(shape, context.HasLengths, context.HasLengthsOf(keys), rate == 0 ? null : new Dropout(rate, stream));
        Node attended = context.Add(attend, operands);
        return Project(context, attended, input.Last, "out_proj.weight", "out_proj.bias");
    }

    /// <summary>Queries, keys and values in one product, as PyTorch's <c>in_proj</c>.</summary>
    private static Node SideBySide(LayerContext context, Shape input, int heads)
    {
        Node packed = Project(context, context.Input, 3 * input.Last, "in_proj_weight", "in_proj_bias");
        if (!context.Element.Flag("rotary", false))
        {
            context.Expect(!context.Element.Has("rotaryBase"), "rotaryBase", "to be left out where Rotary is off", context.Element.Float("rotaryBase", DefaultBase));
            return packed;
        }
        context.Expect(input.Last / heads % 2 == 0, "rotary", "heads of an even number of features, as it turns pairs", input.Last / heads);
        float rotaryBase = context.Element.Float("rotaryBase", DefaultBase);
        context.Expect(rotaryBase > 1 && !float.IsInfinity(rotaryBase), "rotaryBase", "above 1", rotaryBase);
        return context.Add(new Rotate(input.Extents[0], input.Last / heads, rotaryBase), packed);
    }

    /// <summary>Queries from the input; keys and values from the other sequence, in one product.</summary>
    private static Node[] Separate(LayerContext context, Shape input)
    {
        Node source = context.ResolveName("source");
        Sequence.Expect(context, source, context.Element.Text("source")!, "source");
        return
        [
            Project(context, context.Input, input.Last, "q_proj_weight", "q_proj_bias"),
            Project(context, source, 2 * input.Last, "kv_proj_weight", "kv_proj_bias"),
        ];
    }

    private static Node Project(LayerContext context, Node x, int units, string weightName, string biasName)
    {
        int inputs = x.Shape.Last;
        var start = new Initialization(InitializationKind.Uniform, (float)Math.Sqrt(6.0 / ((double)inputs + units)), $"Glorot: sqrt(6 / ({inputs} + {units}))");
        Node weight = context.Parameter(weightName, Shape.Of(units, inputs), start, Shape.Of(inputs, units), TensorLayout.Transposed(units, inputs));
        Node product = context.Add(new MatMul(MatMulForm.Product), x, weight);
        return !context.Element.Flag("bias", true)
            ? product
            : context.Add(new Arithmetic(ArithmeticKind.Add, Axis: 1), product, context.Parameter(biasName, Shape.Of(units), Initialization.Zeros));
    }
}
