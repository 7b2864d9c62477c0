using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>A vector for each id: a row of a table that is trained.</summary>
internal sealed class Embedding : LayerKind
{
    public override string Kind => "Embedding";

    public override IReadOnlyList<string> Positional => ["vocabulary", "size"];

    public override IReadOnlyList<string> TrainingOnly => ["scale"];

    public override Node Lower(LayerContext context)
    {
        (int vocabulary, int size) = (context.Element.Int("vocabulary"), context.Element.Int("size"));
        // Ids travel as floats, which hold every integer up to 2^24.
        context.Expect(vocabulary is >= 1 and <= 1 << 24, "vocabulary", "from 1 to 16777216", vocabulary);
        context.Expect(size >= 1, "size", "of at least 1", size);
        if (context.DirectInput is not { IsIndex: true } input)
        {
            throw context.Fail(
                IssueDescriptors.IdsAndNumbers, null, context.Name, "ids", context.InputName, "numbers",
                "declare the input as [Input(..., Type = InputType.Index)] and read it first, or with From");
        }
        LayerContext.NoteVocabulary(input, vocabulary);
        context.ExpectFits((long)input.Shape.Last * size);
        Node table = context.Parameter("weight", Shape.Of(vocabulary, size), InitialScale(context));
        return context.Add(new Embed(), context.Input, table);
    }

    /// <summary>Normal, with the standard deviation that transformers use: PyTorch's 1 makes the first logits of a tied or deep network large.</summary>
    public static Initialization InitialScale(LayerContext context)
    {
        float scale = context.Element.Float("scale", 0.02f);
        context.Expect(scale > 0 && !float.IsInfinity(scale), "scale", "above 0", scale);
        return new(InitializationKind.Normal, scale, "standard deviation");
    }
}
