using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Layers;

/// <summary><c>y = (x - mean) / std</c> with fitted numbers, one a feature or channel.</summary>
internal sealed class Standardize : LayerKind
{
    public override string Kind => "Standardize";

    public override Node Lower(LayerContext context)
    {
        if (context.DirectInput is null)
        {
            throw context.Fail(
                IssueDescriptors.MisplacedElement, null, context.Name, $"it is fitted to raw input, but reads {context.InputName}; put it directly after [Input]");
        }
        Shape input = context.Input.Shape;
        int axis = ChannelAxis.Of(input);
        Node mean = context.State("mean", Shape.Of(input.Extents[axis]), 0);
        Node std = context.State("std", Shape.Of(input.Extents[axis]), 1);
        context.Fit(axis, "mean", "std");
        Node centred = context.Add(new Arithmetic(ArithmeticKind.Subtract, axis), context.Input, mean);
        return context.Add(new Arithmetic(ArithmeticKind.Divide, axis), centred, std);
    }
}
