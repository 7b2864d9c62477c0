using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>A block twice, with parameters of its own each time: over the sequence, and over the sequence backwards; what both give at a step is joined.</summary>
internal sealed class Bidirectional : LayerKind
{
    /// <summary>Layers that compute each step on its own: backwards they do the same.</summary>
    private static readonly HashSet<string> PerStep = ["Dense", "Dropout", "LayerNorm", "RMSNorm", "Rescale", "Softmax", "PReLU", "Residual", "Repeat"];

    private static readonly HashSet<string> Recurrent = ["SimpleRNN", "LSTM", "GRU"];

    public override string Kind => "Bidirectional";

    public override Node Lower(LayerContext context)
    {
        Sequence.Expect(context);
        BlockSpec block = context.Element.Blocks[0];
        if (ElementsOf(block).FirstOrDefault(element => !GoesBackwards(element)) is { } wrong)
        {
            throw context.Fail(
                IssueDescriptors.UnusableBlock, null, context.Name, block.Name,
                $"[{wrong.Kind}] in it has no backwards form; keep recurrent layers and those that work step by step, and put it outside");
        }
        Node forward = context.LowerBlock(0, "forward.", context.Input);
        Node backward = context.LowerBlock(0, "backward.", context.Input, reverse: true);
        return Join.Lower(context, [("forward", forward), ("backward", backward)], argument: null);
    }

    private static bool GoesBackwards(ElementSpec element) =>
        PerStep.Contains(element.Kind) || Recurrent.Contains(element.Kind) || LayerTable.Find(element.Kind) is ActivationLayer or null;

    private static IEnumerable<ElementSpec> ElementsOf(BlockSpec block) =>
        block.Elements.SelectMany(element => element.Blocks.SelectMany(ElementsOf).Prepend(element));
}
