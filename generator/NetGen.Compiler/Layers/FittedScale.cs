using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Layers;

/// <summary><c>y = (x - centre) / scale</c> with fitted numbers, one a feature or channel.</summary>
/// <param name="kind">The name of the layer.</param>
/// <param name="fit">What fits it: a method of the runtime's <c>Statistics</c>.</param>
/// <param name="centre">The state that is subtracted.</param>
/// <param name="scale">The state that divides.</param>
internal sealed class FittedScale(string kind, string fit, string centre, string scale) : LayerKind
{
    public override string Kind => kind;

    public override Node Lower(LayerContext context)
    {
        context.ExpectDirectInput();
        Shape input = context.Input.Shape;
        int axis = ChannelAxis.Of(input);
        Node subtracted = context.State(centre, Shape.Of(input.Extents[axis]), 0);
        Node divides = context.State(scale, Shape.Of(input.Extents[axis]), 1);
        context.Fit(axis, fit, centre, scale);
        Node centred = context.Add(new Arithmetic(ArithmeticKind.Subtract, axis), context.Input, subtracted);
        return context.Add(new Arithmetic(ArithmeticKind.Divide, axis), centred, divides);
    }
}
