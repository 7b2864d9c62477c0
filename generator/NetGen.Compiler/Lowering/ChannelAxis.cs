using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Lowering;

/// <summary>The axis of what a sample has several of: channels of an image, features otherwise.</summary>
internal static class ChannelAxis
{
    public static int Of(Shape shape) => shape.Rank > 2 ? 0 : shape.Rank - 1;
}
