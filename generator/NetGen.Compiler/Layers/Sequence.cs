using NetGen.Compiler.Issues;
using NetGen.Compiler.Lowering;

namespace NetGen.Compiler.Layers;

/// <summary>What layers over time have in common.</summary>
internal static class Sequence
{
    /// <summary>Fails unless the layer reads (time, features).</summary>
    public static void Expect(LayerContext context)
    {
        if (context.Input.Shape.Rank != 2)
        {
            throw context.Fail(IssueDescriptors.WantsImage, null, context.Name, "(time, features)", context.InputName, context.Input.Shape.Describe(), "[Reshape(time, features)]");
        }
    }
}
