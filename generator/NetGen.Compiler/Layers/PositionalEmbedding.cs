using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>Adds to each step a vector that tells where it is: one that is trained, or sines and cosines.</summary>
internal sealed class PositionalEmbedding : LayerKind
{
    public override string Kind => "PositionalEmbedding";

    public override IReadOnlyList<string> TrainingOnly => ["scale"];

    public override IReadOnlyList<ArgumentSpec> Defaults => [new("kind", new(["Learned"]))];

    public override Node Lower(LayerContext context)
    {
        Sequence.Expect(context);
        Shape input = context.Input.Shape;
        string kind = context.Element.Text("kind") ?? "Learned";
        context.Expect(kind is "Learned" or "Sinusoidal", "kind", "a member of PositionKind", kind);
        if (kind == "Sinusoidal")
        {
            foreach (string unused in new[] { "scale", "share" }.Where(context.Element.Has))
            {
                throw context.Fail(IssueDescriptors.ConflictingArguments, unused, context.Name, "sines and cosines have no parameters; leave it out");
            }
            return context.Add(new AddSinusoids(), context.Input);
        }
        Node weight = context.Parameter("weight", Shape.Of(input.Extents[0], input.Last), Embedding.InitialScale(context));
        return context.Add(new AddPositions(), context.Input, weight);
    }
}
