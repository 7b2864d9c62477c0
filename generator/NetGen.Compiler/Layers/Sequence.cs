using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Lowering;

namespace NetGen.Compiler.Layers;

/// <summary>What layers over time have in common.</summary>
internal static class Sequence
{
    /// <summary>Fails unless the layer reads (time, features).</summary>
    public static void Expect(LayerContext context) => Expect(context, context.Input, context.InputName, argument: null);

    /// <summary>Fails unless a value that the layer reads is (time, features).</summary>
    /// <param name="context">The layer.</param>
    /// <param name="value">What it reads.</param>
    /// <param name="name">Who gives it.</param>
    /// <param name="argument">The argument that names it.</param>
    public static void Expect(LayerContext context, Node value, string name, string? argument)
    {
        if (value.Shape.Rank != 2)
        {
            throw context.Fail(IssueDescriptors.WantsImage, argument, context.Name, "(time, features)", name, value.Shape.Describe(), "[Reshape(time, features)]");
        }
    }
}
