using NetGen.Compiler.Lowering;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>What the attributes of all normalising layers have in common.</summary>
internal static class NormArguments
{
    private const float DefaultValue = 1e-5f;

    /// <summary>The epsilon that is meant where none is given.</summary>
    public static ArgumentSpec DefaultEpsilon { get; } = new("epsilon", new([DefaultValue]));

    public static float Epsilon(LayerContext context)
    {
        float epsilon = context.Element.Float("epsilon", DefaultValue);
        context.Expect(epsilon > 0 && !float.IsInfinity(epsilon), "epsilon", "above 0", epsilon);
        return epsilon;
    }
}
